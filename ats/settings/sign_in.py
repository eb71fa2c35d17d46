"""People and signing in: what is the same wherever the house runs."""

from django.urls import reverse_lazy

AUTH_USER_MODEL = "ats.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "ats.accounts.queries.own_words.OwnWordsValidator"},
    {"NAME": "ats.accounts.domain.passwords.KnownPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
ACCOUNT_ADAPTER = "ats.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {
    "change_password": "ats.accounts.pages.forms.ChangePasswordForm",
    "reset_password": "ats.accounts.pages.forms.ForgottenForm",
    "reset_password_from_key": "ats.accounts.pages.forms.NewPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation already proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    # Second steps (ats/accounts/actions/attempts.py), after allauth's own count by place.
    "login_failed": "10/m/ip",
    "second_step_place": "5/5m/key,10/d/key",
    "second_step_account": "30/h/key,60/d/key",
    "second_step_device": "5/5m/key,30/d/key",
    "second_step_again": "5/5m/key,30/d/key",
    "second_step_told": "1/d/key",
    # Passwords (ats/accounts/actions/attempts.py); beyond the account's, a code is mailed.
    "sign_in_origin": "10/m/ip,100/h/ip",
    "sign_in_account": "5/5m/key,20/d/key",
    "sign_in_device": "10/5m/key",
    "sign_in_again": "10/5m/key",
    # One page for all who ask; beyond the account's rate no more is mailed (ats/accounts/pages/forms.py).
    "reset_password": "20/m/ip",
    "reset_mail": "3/10m/key",
}
MFA_FORMS = {
    "authenticate": "ats.accounts.pages.forms.SecondStepForm",
    "reauthenticate": "ats.accounts.pages.forms.SecondStepAgainForm",
}
MFA_ADAPTER = "ats.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Accord"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation already proves the address
USERSESSIONS_TRACK_ACTIVITY = True  # by ViewerMiddleware, every few minutes instead of at every request
PASSWORD_RESET_TIMEOUT = 3600
