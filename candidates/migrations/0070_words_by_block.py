"""Of a word that many have, the newest people are near at hand."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations
from django.db.models import F


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0069_words_are_taken_apart_here'),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.AddIndex(
            model_name='candidate',
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(F('search'), name='tsvector_ops'),
                django.contrib.postgres.indexes.OpClass(F('id').bitrightshift(12), name='int8_ops'),
                fastupdate=False,
                name='candidate_words_by_block',
            ),
        ),
        migrations.RemoveIndex(model_name='candidate', name='candidate_words'),
    ]
