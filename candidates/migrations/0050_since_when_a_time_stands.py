"""Of interviews ahead nobody knows any more which change gave them their time: answers to the newest version count."""

from django.db import migrations

FORWARDS = """
    UPDATE candidates_interview SET time_sequence = sequence WHERE state = 'booked' AND sequence > 0;
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0049_other_times_proposed")]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
