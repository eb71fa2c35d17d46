from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0020_promise_waits_since_it_broke'),
    ]

    operations = [
        migrations.AddField(
            model_name='offerdocument',
            name='says',
            field=models.JSONField(blank=True, db_default=[], default=list, help_text='What a letter was meant to say, block by block.'),
        ),
    ]
