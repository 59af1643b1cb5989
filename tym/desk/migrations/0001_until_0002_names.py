# Made of 2 steps before the first installation. A database that has them all goes on from here.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tym.core.identity


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('desk', '0001_feedback'),
        ('desk', '0002_names'),
    ]

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.TextField(validators=[tym.core.identity.no_identity_code], verbose_name='message')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('due_on', models.DateField()),
                ('answer', models.TextField(blank=True, validators=[tym.core.identity.no_identity_code], verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'feedback',
                'verbose_name_plural': 'pieces of feedback',
                'ordering': ['received_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='desk_feedback_answered_whole')],
            },
        ),
    ]
