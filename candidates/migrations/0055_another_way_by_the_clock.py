"""When an owner was reminded of another way that is owed, and when the leads were told that it is late."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ats', '0030_languages_of_colleagues'),
        ('candidates', '0054_consents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='anotherway',
            name='escalated_at',
            field=models.DateTimeField(blank=True, help_text='When the leads were told that it is late.', null=True),
        ),
        migrations.AddField(
            model_name='anotherway',
            name='nudged_at',
            field=models.DateTimeField(blank=True, help_text='When its owner was reminded of it.', null=True),
        ),
        migrations.AddIndex(
            model_name='anotherway',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='another_way_due'),
        ),
    ]
