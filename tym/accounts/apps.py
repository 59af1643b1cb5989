from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tym.accounts"
