# Made of 6 steps before the first installation. A database that has them all goes on from here.

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import tym.core.identity


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('registry', '0001_access_rights'),
        ('registry', '0002_duties'),
        ('registry', '0003_archive'),
        ('registry', '0004_retention'),
        ('registry', '0005_record_kinds'),
        ('registry', '0006_proposal_kind'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('agreements', '0001_until_0013_lasting'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='day')),
                ('files', models.PositiveIntegerField(verbose_name='files')),
                ('manifest_sha256', models.CharField(max_length=64, verbose_name='fingerprint of the package')),
                ('state_sha256', models.CharField(max_length=64, verbose_name='fingerprint of the content')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('mandate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archive_exports', to='agreements.party')),
            ],
            options={
                'verbose_name': 'archive package',
                'verbose_name_plural': 'archive packages',
                'ordering': ['party__agreement', 'party__order', '-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAccessRight',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('person', models.CharField(max_length=120, validators=[tym.core.identity.no_identity_code], verbose_name='person')),
                ('employer', models.CharField(max_length=120, validators=[tym.core.identity.no_identity_code], verbose_name='employer')),
                ('task', models.CharField(blank=True, max_length=120, validators=[tym.core.identity.no_identity_code], verbose_name='task')),
                ('is_staff', models.BooleanField(default=True, verbose_name='is TYM staff of Annex 2')),
                ('applied_on', models.DateField(verbose_name='applied for')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='trained')),
                ('granted_on', models.DateField(blank=True, null=True, verbose_name='granted')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                ('changed_on', models.DateField(blank=True, null=True, verbose_name='changed')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='tasks ended')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='right ended')),
                ('deviation', models.CharField(blank=True, max_length=300, validators=[tym.core.identity.no_identity_code], verbose_name='why without training')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('history_change_reason', models.TextField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.mandate')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mandate', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.party')),
            ],
            options={
                'verbose_name': 'historical access right',
                'verbose_name_plural': 'historical access rights',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRightsSetting',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('named', models.BooleanField(default=False, verbose_name='keeps the list by name')),
                ('history_change_reason', models.TextField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mandate', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.party')),
            ],
            options={
                'verbose_name': 'historical way of keeping access rights',
                'verbose_name_plural': 'historical ways of keeping access rights',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RightsSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named', models.BooleanField(default=False, verbose_name='keeps the list by name')),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rights_setting', to='agreements.party')),
            ],
            options={
                'verbose_name': 'way of keeping access rights',
                'verbose_name_plural': 'ways of keeping access rights',
                'ordering': ['party__agreement', 'party__order'],
            },
        ),
        migrations.CreateModel(
            name='AccessRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=120, validators=[tym.core.identity.no_identity_code], verbose_name='person')),
                ('employer', models.CharField(max_length=120, validators=[tym.core.identity.no_identity_code], verbose_name='employer')),
                ('task', models.CharField(blank=True, max_length=120, validators=[tym.core.identity.no_identity_code], verbose_name='task')),
                ('is_staff', models.BooleanField(default=True, verbose_name='is TYM staff of Annex 2')),
                ('applied_on', models.DateField(verbose_name='applied for')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='trained')),
                ('granted_on', models.DateField(blank=True, null=True, verbose_name='granted')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                ('changed_on', models.DateField(blank=True, null=True, verbose_name='changed')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='tasks ended')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='right ended')),
                ('deviation', models.CharField(blank=True, max_length=300, validators=[tym.core.identity.no_identity_code], verbose_name='why without training')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_rights', to='agreements.party')),
            ],
            options={
                'verbose_name': 'access right',
                'verbose_name_plural': 'access rights',
                'ordering': ['party__agreement', 'party__order', 'person', 'applied_on', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('party'), django.db.models.functions.text.Lower('person'), django.db.models.functions.text.Lower('employer'), condition=models.Q(('ended_on', None)), name='registry_right_one_open'), models.CheckConstraint(condition=models.Q(('granted_on', None), ('granted_on__gte', models.F('applied_on')), _connector='OR'), name='registry_right_granted_after'), models.CheckConstraint(condition=models.Q(('ended_on', None), models.Q(('ended_on__gte', models.F('applied_on')), ('granted_on', None)), models.Q(('ended_on__gte', models.F('granted_on')), ('granted_on__isnull', False)), _connector='OR'), name='registry_right_ended_after'), models.CheckConstraint(condition=models.Q(('granted_on', None), models.Q(('trained_on__isnull', False), ('trained_on__lte', models.F('granted_on'))), models.Q(('deviation', ''), _negated=True), _connector='OR'), name='registry_right_trained_first'), models.CheckConstraint(condition=models.Q(('employer', ''), _negated=True), name='registry_right_employer_told')],
            },
        ),
        migrations.CreateModel(
            name='DutyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(max_length=40, verbose_name='duty')),
                ('on', models.DateField(verbose_name='day')),
                ('confirms', models.BooleanField(default=False, verbose_name='confirms for a year')),
                ('note', models.CharField(blank=True, max_length=500, validators=[tym.core.identity.no_identity_code], verbose_name='note')),
                ('link', models.URLField(blank=True, validators=[django.core.validators.URLValidator(['https'])], verbose_name='link')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duty_notes', to='agreements.party')),
                ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.record')),
            ],
            options={
                'verbose_name': 'word on a duty',
                'verbose_name_plural': 'words on duties',
                'ordering': ['party__agreement', 'party__order', 'duty', 'on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('confirms', True), models.Q(('note', ''), _negated=True), models.Q(('link', ''), _negated=True), ('record__isnull', False), _connector='OR'), name='registry_duty_note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('consolidated', 'consolidated copy'), ('signed_original', 'signed original'), ('to_sign', 'text to be signed'), ('signed', 'signed agreement'), ('proposal', 'proposal to change the agreement text'), ('notice', 'written notice of a party'), ('extract', 'extract of minutes'), ('summons', 'summons'), ('minutes', 'minutes'), ('receipt', 'receipt'), ('evidence', 'evidence of a duty'), ('destruction', 'minutes of destruction'), ('statement', 'statement of costs'), ('sharing', 'agreement on sharing costs')], max_length=20, verbose_name='type of document')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='years')),
                ('counted_from', models.CharField(choices=[('agreement_end', 'the end of the agreement'), ('document', 'the day of the document')], max_length=20, verbose_name='counted from')),
                ('basis', models.CharField(max_length=300, validators=[tym.core.identity.no_identity_code], verbose_name='basis')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_rules', to='agreements.party')),
            ],
            options={
                'verbose_name': 'retention rule',
                'verbose_name_plural': 'retention rules',
                'ordering': ['party__agreement', 'party__order', 'kind', 'made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('years', None), ('years__gte', 1), _connector='OR'), name='registry_retention_some_years'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='registry_retention_basis_told'), models.CheckConstraint(condition=models.Q(('counted_from__in', ['agreement_end', 'document'])), name='registry_retention_from_known')],
            },
        ),
        migrations.CreateModel(
            name='RightsCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='day')),
                ('granted', models.PositiveIntegerField(verbose_name='open rights')),
                ('outside', models.PositiveIntegerField(default=0, verbose_name='of them not TYM staff')),
                ('applied', models.PositiveIntegerField(default=0, verbose_name='applied for, not granted yet')),
                ('untrained', models.PositiveIntegerField(default=0, verbose_name='training missing')),
                ('left', models.PositiveIntegerField(default=0, verbose_name='no longer does the tasks, right open')),
                ('note', models.CharField(blank=True, max_length=300, validators=[tym.core.identity.no_identity_code], verbose_name='note')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.mandate')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights_checks', to='agreements.party')),
            ],
            options={
                'verbose_name': 'confirmation of access rights',
                'verbose_name_plural': 'confirmations of access rights',
                'ordering': ['party__agreement', 'party__order', 'on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('left__lte', models.F('granted')), ('outside__lte', models.F('granted'))), name='registry_check_parts_within'), models.CheckConstraint(condition=models.Q(('untrained__lte', django.db.models.expressions.CombinedExpression(models.F('granted'), '+', models.F('applied')))), name='registry_check_untrained_within')],
            },
        ),
    ]
