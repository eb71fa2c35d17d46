from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0022_claims_of_reasons'),
    ]

    operations = [
        migrations.AddField(
            model_name='hirerecord',
            name='day_by',
            field=models.DateTimeField(blank=True, help_text='By when a first day is to be agreed with them, while there is none.', null=True),
        ),
    ]
