"""Declined requests. Taken back only while there is none: a record must not go with an older build."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def refuse_where_there_is_one(apps: Any, schema_editor: Any) -> None:
    records = apps.get_model("partners", "DeclinedRequest").objects.using(schema_editor.connection.alias)
    if records.exists():
        raise RuntimeError("Declined requests are on record: hand them out and keep them before this is taken back.")


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0039_hidden_by_no_role'),
        ('partners', '0011_delegations_and_reminders'),
        ('requisitions', '0008_stands_in_for'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeclinedRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('asked_by_name', models.CharField(blank=True, help_text='Somebody without an account here.', max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('asked_how', models.CharField(choices=[('talk', 'In a talk'), ('call', 'On the telephone or in a video call'), ('message', 'By mail or chat'), ('here', 'In writing in Accord'), ('other', 'In another way')], max_length=10)),
                ('asked', models.TextField(help_text='What was asked, as far as possible in their words.')),
                ('subject', models.CharField(help_text='What it is about, such as Age.', max_length=80)),
                ('ground', models.CharField(choices=[('illegal', 'Illegal'), ('unethical', 'Unethical'), ('bad_practice', 'Bad practice')], max_length=15)),
                ('rule', models.TextField(help_text='The law, or the words of the policy.')),
                ('alternative', models.TextField(help_text='The lawful way that was offered instead.')),
                ('candidate_name', models.CharField(blank=True, max_length=200)),
                ('kept_from', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, help_text='Who else must not see it, by number.', size=None)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='candidates.candidate')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requisition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='requisitions.requisition')),
            ],
        ),
        migrations.CreateModel(
            name='DeclinedAddition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'Note'), ('outcome', 'What came of it'), ('answered', 'Ordinary answer given'), ('support', 'Support asked for'), ('supported', 'Support given'), ('exported', 'Handed out whole'), ('forgotten', 'Name of a candidate erased')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='additions', to='partners.declinedrequest')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DeclinedReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('hr', 'HR'), ('next', 'Next in line')], max_length=10)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('part', 'position', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['hr', 'next'])), name='declined_part_known', violation_error_message='This is none of the choices of part.'), models.UniqueConstraint(fields=('user', 'part'), name='declined_reader_once', violation_error_message='This person is named already.')],
            },
        ),
        migrations.AddIndex(
            model_name='declinedrequest',
            index=models.Index(fields=['recorded_by', '-recorded_at'], name='declined_of_recorder'),
        ),
        migrations.AddIndex(
            model_name='declinedrequest',
            index=models.Index(condition=models.Q(('candidate__isnull', False)), fields=['candidate'], name='declined_about'),
        ),
        migrations.AddConstraint(
            model_name='declinedrequest',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['illegal', 'unethical', 'bad_practice'])), name='declined_ground_known', violation_error_message='This is none of the choices of ground.'),
        ),
        migrations.AddConstraint(
            model_name='declinedrequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_how__in', ['talk', 'call', 'message', 'here', 'other'])), name='declined_way_known', violation_error_message='This is none of the choices of asked how.'),
        ),
        migrations.AddConstraint(
            model_name='declinedrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', False), ('asked_by_name', '')), models.Q(('asked_by__isnull', True), models.Q(('asked_by_name', ''), _negated=True)), _connector='OR'), name='declined_asked_by_one', violation_error_message='Say who asked: somebody of the house, or the name of somebody else.'),
        ),
        migrations.AddConstraint(
            model_name='declinedrequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', True), models.Q(('asked_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='declined_asked_by_another', violation_error_message='What one asks oneself is no request to decline.'),
        ),
        migrations.AddConstraint(
            model_name='declinedrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked', ''), _negated=True), models.Q(('subject', ''), _negated=True), models.Q(('rule', ''), _negated=True), models.Q(('alternative', ''), _negated=True)), name='declined_says_all', violation_error_message='Say what was asked, against which rule it is, and what was offered instead.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declinedrequest',
            trigger=pgtrigger.compiler.Trigger(name='added_to_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE wanted jsonb; left_over record; called text; pattern text; is_theirs boolean;', func="\n    IF TG_OP = 'UPDATE' AND coalesce(current_setting('accord.forgetting', true), '') <> '' THEN\n        wanted := current_setting('accord.forgetting')::jsonb;\n        left_over := OLD;\n        is_theirs := coalesce(OLD.candidate_id = (wanted ->> 'candidate')::bigint, false);\n        IF is_theirs THEN\n            left_over.candidate_id := NULL;\n            left_over.candidate_name := '';\n        END IF;\n        FOR called IN SELECT * FROM jsonb_array_elements_text(wanted -> 'full')\n            UNION ALL SELECT * FROM jsonb_array_elements_text(wanted -> 'parts') WHERE is_theirs\n        LOOP\n            pattern := '\\m' || regexp_replace(called, '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '\\M';\n            left_over.asked := regexp_replace(left_over.asked, pattern, '[name erased]', 'gi');\n            left_over.rule := regexp_replace(left_over.rule, pattern, '[name erased]', 'gi');\n            left_over.alternative := regexp_replace(left_over.alternative, pattern, '[name erased]', 'gi');\n            left_over.candidate_name := regexp_replace(left_over.candidate_name, pattern, '[name erased]', 'gi');\n        END LOOP;\n        RETURN left_over;\n    END IF;\n    RAISE EXCEPTION 'a declined request is added to, never changed or removed' USING ERRCODE = 'restrict_violation';\n", hash='b58943f2e78007f6b07691484ad61d3820c97e00', operation='UPDATE OR DELETE', pgid='pgtrigger_added_to_only_5eedd', table='partners_declinedrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declinedrequest',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE holds boolean;', func="\n    EXECUTE 'SELECT EXISTS (SELECT FROM ' || TG_RELID::regclass || ')' INTO STRICT holds;\n    IF holds THEN\n        RAISE EXCEPTION 'a declined request is added to, never changed or removed'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NULL;\n", hash='05e7751ac7acde171db18ab2af2ddf54284f1a36', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0a27f', table='partners_declinedrequest', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='declinedaddition',
            index=models.Index(condition=models.Q(('kind', 'support')), fields=['due_at'], name='declined_support'),
        ),
        migrations.AddConstraint(
            model_name='declinedaddition',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'outcome', 'answered', 'support', 'supported', 'exported', 'forgotten'])), name='declined_addition_known', violation_error_message='This is none of the choices of kind.'),
        ),
        migrations.AddConstraint(
            model_name='declinedaddition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('kind', 'support')), models.Q(models.Q(('kind', 'support'), _negated=True), ('due_at__isnull', True)), _connector='OR'), name='declined_support_is_due', violation_error_message='Support is asked for by a time, and nothing else is.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declinedaddition',
            trigger=pgtrigger.compiler.Trigger(name='added_to_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE wanted jsonb; left_over record; called text; pattern text; is_theirs boolean;', func="\n    IF TG_OP = 'UPDATE' AND coalesce(current_setting('accord.forgetting', true), '') <> '' THEN\n        wanted := current_setting('accord.forgetting')::jsonb;\n        left_over := OLD;\n        SELECT coalesce(candidate_id = (wanted ->> 'candidate')::bigint, false) INTO is_theirs\n            FROM partners_declinedrequest WHERE id = OLD.record_id;\n        FOR called IN SELECT * FROM jsonb_array_elements_text(wanted -> 'full')\n            UNION ALL SELECT * FROM jsonb_array_elements_text(wanted -> 'parts') WHERE is_theirs\n        LOOP\n            pattern := '\\m' || regexp_replace(called, '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '\\M';\n            left_over.text := regexp_replace(left_over.text, pattern, '[name erased]', 'gi');\n        END LOOP;\n        RETURN left_over;\n    END IF;\n    RAISE EXCEPTION 'a declined request is added to, never changed or removed' USING ERRCODE = 'restrict_violation';\n", hash='c3d81b0d4251370ff40f6e23308eba0516b7b675', operation='UPDATE OR DELETE', pgid='pgtrigger_added_to_only_358bd', table='partners_declinedaddition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declinedaddition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE holds boolean;', func="\n    EXECUTE 'SELECT EXISTS (SELECT FROM ' || TG_RELID::regclass || ')' INTO STRICT holds;\n    IF holds THEN\n        RAISE EXCEPTION 'a declined request is added to, never changed or removed'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NULL;\n", hash='1f5874c91456da3bb328c31f887af64e456be289', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9082a', table='partners_declinedaddition', when='BEFORE')),
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_where_there_is_one),
    ]
