
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0036_words_taken_apart'),
    ]

    operations = [
        migrations.AddField(
            model_name='candidate',
            name='phone_normalised',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=40),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='first_name',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='last_name',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func(models.F('phone'), models.Value('\\(0\\)|\\D'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), name='gin_trgm_ops'), name='candidate_phone_digits'),
        ),
    ]
