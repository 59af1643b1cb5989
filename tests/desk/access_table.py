"""Who gets which answer on the pages of sign-in and of the service itself. See tests/agreements/test_access.py."""

TABLE = """
desk:accessibility_statement    -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
desk:accessibility_statement    -                  POST 405   405 405 405 405 405 405 405 405 405
desk:feedback_give              -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
desk:feedback_give              -                  POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
desk:feedback_received          -/receipt=1:x      GET  404   404 404 404 404 404 404 404 404 404
desk:feedback_received          -/receipt=1:x      POST 405   405 405 405 405 405 405 405 405 405
desk:feedback_list              -                  GET  login 403 403 403 403 403 403 403 403 403
desk:feedback_list              -                  POST login 405 405 405 405 405 405 405 405 405
desk:feedback_answer            -/pk=1             GET  login 403 403 403 403 403 403 403 403 403
desk:feedback_answer            -/pk=1             POST login 403 403 403 403 403 403 403 403 403

account_login                   -                  GET  ok    go  go  go  go  go  go  go  go  go
account_login                   -                  POST ok    go  go  go  go  go  go  go  go  go
account_logout                  -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
account_logout                  -                  POST login login login login login login login login login login
account_signup                  -                  GET  ok    go  go  go  go  go  go  go  go  go
account_signup                  -                  POST ok    go  go  go  go  go  go  go  go  go
account_change_password         -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
account_change_password         -                  POST login ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password          -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password          -                  POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_done     -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_done     -                  POST 405   405 405 405 405 405 405 405 405 405
account_reset_password_from_key -/uidb36=1,key=x   GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_from_key -/uidb36=1,key=x   POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_from_key_done -             GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_from_key_done -             POST 405   405 405 405 405 405 405 405 405 405
account_inactive                -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_inactive                -                  POST 405   405 405 405 405 405 405 405 405 405
"""
