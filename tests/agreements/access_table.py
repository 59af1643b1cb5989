"""Who gets which answer, cell by cell. See test_access.py."""

PEOPLE = (
    "anonymous", "stranger", "former", "reader", "ta", "hva", "kela", "kela_main_user", "coordinator", "member",
)  # fmt: skip
# name, subject and arguments, method, then an answer for each of PEOPLE.
TABLE = """
agreements:agreement_list       -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
agreements:agreement_list       -                  POST login 405 405 405 405 405 405 405 405 405
agreements:own_page             -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
agreements:own_page             -                  POST login 405 405 405 405 405 405 405 405 405

agreements:agreement_detail     ours               GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:agreement_detail     ours               POST login 405 405 405 405 405 405 405 405 405
agreements:agreement_detail     theirs             GET  login ok  404 404 404 404 404 404 404 404
agreements:annex_detail         ours/number=2      GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:annex_detail         ours/number=0      GET  login 404 404 404 404 404 404 404 404 404
agreements:annex_detail         ours/number=9      GET  login 404 404 404 404 404 404 404 404 404
agreements:annex_detail         ours/number=2      POST login 405 405 405 405 405 405 405 405 405
agreements:annex_detail         theirs/number=2    GET  login ok  404 404 404 404 404 404 404 404
agreements:change_list          ours               GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_list          ours               POST login 405 405 405 405 405 405 405 405 405
agreements:change_list          theirs             GET  login ok  404 404 404 404 404 404 404 404

agreements:draft_start          ours/number=2      GET  login 405 405 405 405 405 405 405 405 405
agreements:draft_start          ours/number=2      POST login 404 404 403 go  go  go  go  403 403
agreements:draft_start          ours/number=3      POST login 404 404 403 go  go  go  go  403 403
agreements:draft_start          ours/number=1      POST login 404 404 403 go  go  go  go  go  403
agreements:draft_start          ours/number=0      POST login 404 404 403 go  go  go  go  go  403
agreements:draft_start          ours/number=9      POST login 404 404 404 404 404 404 404 404 404
agreements:draft_start          theirs/number=2    POST login go  404 404 404 404 404 404 404 404

agreements:consolidated_issue   ours               GET  login 405 405 405 405 405 405 405 405 405
agreements:consolidated_issue   ours_issued        POST login 404 404 go  go  go  go  go  go  go
agreements:consolidated_issue   theirs_issued      POST login go  404 404 404 404 404 404 404 404
agreements:record_download      our_record         GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:record_download      our_record         POST login 405 405 405 405 405 405 405 405 405
agreements:record_download      their_record       GET  login ok  404 404 404 404 404 404 404 404

agreements:change_detail        draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_detail        ta_draft           GET  login 404 404 404 ok  404 404 404 404 404
agreements:change_detail        common_draft       GET  login 404 404 404 404 404 404 404 ok  404
agreements:change_detail        proposed           GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_detail        adopted            GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_detail        theirs_proposed    GET  login ok  404 404 404 404 404 404 404 404
agreements:change_detail        proposed           POST login 405 405 405 405 405 405 405 405 405

agreements:draft_proposal       draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:draft_proposal       draft              POST login 404 404 404 404 404 go  go  404 404
agreements:draft_proposal       ta_draft           GET  login 404 404 404 ok  404 404 404 404 404
agreements:draft_proposal       ta_draft           POST login 404 404 404 go  404 404 404 404 404
agreements:draft_proposal       common_draft       POST login 404 404 404 404 404 404 404 go  404
agreements:draft_proposal       proposed           GET  login 404 404 409 409 409 409 409 409 409
agreements:draft_proposal       proposed           POST login 404 404 409 409 409 409 409 409 409
agreements:draft_proposal       adopted            POST login 404 404 409 409 409 409 409 409 409
agreements:draft_proposal       theirs_proposed    POST login 409 404 404 404 404 404 404 404 404

agreements:change_propose       draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_propose       draft              POST login 404 404 404 404 404 go  go  404 404
agreements:change_propose       ta_draft           GET  login 404 404 404 ok  404 404 404 404 404
agreements:change_propose       ta_draft           POST login 404 404 404 go  404 404 404 404 404
agreements:change_propose       proposed           POST login 404 404 409 409 409 409 409 409 409
agreements:change_propose       adopted            POST login 404 404 409 409 409 409 409 409 409
agreements:change_propose       theirs_proposed    POST login 409 404 404 404 404 404 404 404 404

staffing:draft_lines            draft/number=2     GET  login 404 404 404 404 404 ok  ok  404 404
staffing:draft_lines            draft/number=2     POST login 404 404 404 404 404 go  go  404 404
staffing:draft_lines            ta_draft/number=2  GET  login 404 404 404 ok  404 404 404 404 404
staffing:draft_lines            ta_draft/number=2  POST login 404 404 404 go  404 404 404 404 404
staffing:draft_lines            draft/number=1     GET  login 404 404 404 404 404 404 404 404 404
staffing:draft_lines            text_draft/number=1 GET login 404 404 404 404 404 404 404 404 404
staffing:draft_lines            proposed/number=2  GET  login 404 404 409 409 409 409 409 409 409
staffing:draft_lines            proposed/number=2  POST login 404 404 409 409 409 409 409 409 409
staffing:draft_lines            adopted/number=2   POST login 404 404 409 409 409 409 409 409 409
staffing:draft_lines            theirs_proposed/number=2 POST login 409 404 404 404 404 404 404 404 404

agreements:draft_text           text_draft/number=1 GET login 404 404 404 404 404 ok  ok  404 404
agreements:draft_text           text_draft/number=1 POST login 405 405 405 405 405 405 405 405 405
agreements:draft_text           common_draft/number=1 GET login 404 404 404 404 404 404 404 ok 404
agreements:draft_text           draft/number=2     GET  login 404 404 404 404 404 404 404 404 404
agreements:draft_text           adopted/number=2   GET  login 404 404 409 409 409 409 409 409 409
agreements:draft_text           theirs_proposed/number=2 GET login 409 404 404 404 404 404 404 404 404
agreements:draft_clause         text_draft/number=1,key=uusi GET login 404 404 404 404 404 ok ok 404 404
agreements:draft_clause         text_draft/number=1,key=uusi POST login 404 404 404 404 404 go go 404 404
agreements:draft_clause         text_draft/number=1,key=olematon GET login 404 404 404 404 404 404 404 404 404
agreements:draft_clause         common_draft/number=1,key=uusi POST login 404 404 404 404 404 404 404 go 404
agreements:draft_clause         adopted/number=2,key=uusi POST login 404 404 409 409 409 409 409 409 409
agreements:draft_clause         theirs_proposed/number=2,key=uusi POST login 409 404 404 404 404 404 404 404 404

agreements:change_withdraw      draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_withdraw      draft              POST login 404 404 404 404 404 go  go  404 404
agreements:change_withdraw      ta_draft           POST login 404 404 404 go  404 404 404 404 404
agreements:change_withdraw      proposed           GET  login 404 404 403 403 403 ok  ok  403 403
agreements:change_withdraw      proposed           POST login 404 404 403 403 403 go  go  403 403
agreements:change_withdraw      adopted            POST login 404 404 403 403 403 403 403 403 403
agreements:change_withdraw      theirs_proposed    POST login go  404 404 404 404 404 404 404 404

agreements:change_redraft       returned           GET  login 405 405 405 405 405 405 405 405 405
agreements:change_redraft       returned           POST login 404 404 403 403 403 go  go  403 403
agreements:change_redraft       draft              POST login 404 404 404 404 404 403 403 404 404
agreements:change_redraft       ta_draft           POST login 404 404 404 403 404 404 404 404 404
agreements:change_redraft       proposed           POST login 404 404 403 403 403 403 403 403 403
agreements:change_redraft       adopted            POST login 404 404 403 403 403 403 403 403 403
agreements:change_redraft       theirs_proposed    POST login 403 404 404 404 404 404 404 404 404

agreements:change_consent       proposed/order=3   GET  login 404 404 403 403 403 ok  403 403 403
agreements:change_consent       proposed/order=3   POST login 404 404 403 403 403 go  403 403 403
agreements:change_consent       proposed/order=1   POST login 404 404 403 go  403 403 403 403 403
agreements:change_consent       proposed/order=2   POST login 404 404 403 403 go  403 403 403 403
agreements:change_consent       proposed/order=9   GET  login 404 404 404 404 404 404 404 404 404
agreements:change_consent       draft/order=3      POST login 404 404 404 404 404 403 403 404 404
agreements:change_consent       ta_draft/order=1   POST login 404 404 404 403 404 404 404 404 404
agreements:change_consent       adopted/order=3    POST login 404 404 403 403 403 403 403 403 403
agreements:change_consent       theirs_proposed/order=1 POST login go 404 404 404 404 404 404 404 404

agreements:change_decide        proposed           GET  login 404 404 403 403 403 403 403 ok  403
agreements:change_decide        proposed           POST login 404 404 403 403 403 403 403 go  403
agreements:change_decide        draft              POST login 404 404 404 404 404 403 403 404 404
agreements:change_decide        ta_draft           POST login 404 404 404 403 404 404 404 404 404
agreements:change_decide        common_draft       POST login 404 404 404 404 404 404 404 403 404
agreements:change_decide        adopted            POST login 404 404 403 403 403 403 403 403 403
agreements:change_decide        theirs_proposed    GET  login 403 404 404 404 404 404 404 404 404
agreements:change_decide        theirs_proposed    POST login 403 404 404 404 404 404 404 404 404

agreements:people_list          ours               GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:people_list          ours               POST login 405 405 405 405 405 405 405 405 405
agreements:people_list          theirs             GET  login ok  404 404 404 404 404 404 404 404
agreements:person_invite        ours/order=3       GET  login 404 404 403 403 403 403 ok  403 403
agreements:person_invite        ours/order=3       POST login 404 404 403 403 403 403 go  403 403
agreements:person_invite        theirs/order=3     GET  login 403 404 404 404 404 404 404 404 404
agreements:invitation_cancel    our_invitation/invitation_pk=? GET  login 405 405 405 405 405 405 405 405 405
agreements:invitation_cancel    our_invitation/invitation_pk=? POST login 404 404 403 403 403 403 go  403 403
agreements:invitation_open      -/secret=tuntematon GET  go    go  go  go  go  go  go  go  go  go
agreements:invitation_open      -/secret=tuntematon POST 405   405 405 405 405 405 405 405 405 405
agreements:invitation_accept    -                  GET  404   404 404 404 404 404 404 404 404 404
agreements:invitation_accept    -                  POST 404   404 404 404 404 404 404 404 404 404
agreements:mandate_end          ours/mandate_pk=?  GET  login 404 404 403 403 403 403 ok  403 403
agreements:mandate_end          ours/mandate_pk=?  POST login 404 404 403 403 403 403 go  403 403
agreements:mandate_bind         ours/mandate_pk=?  GET  login 404 404 403 403 403 403 ok  403 403
agreements:mandate_bind         ours/mandate_pk=?  POST login 404 404 403 403 403 403 go  403 403
agreements:party_detail         ours/order=3       GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:party_detail         ours/order=3       POST login 405 405 405 405 405 405 405 405 405
agreements:party_edit           ours/order=3       GET  login 404 404 403 403 403 ok  ok  403 403
agreements:party_edit           ours/order=3       POST login 404 404 403 403 403 go  go  403 403
agreements:party_rename         ours/order=3       GET  login 404 404 403 403 403 ok  ok  403 403
agreements:party_rename         ours/order=3       POST login 404 404 403 403 403 go  go  403 403
agreements:original_enter       ours               GET  login 404 404 403 ok  ok  ok  ok  ok  403
agreements:original_enter       ours               POST login 404 404 403 go  go  go  go  go  403
agreements:record_on_behalf     ours/number=2      GET  login 404 404 403 403 403 403 403 ok  403
agreements:record_on_behalf     ours/number=2      POST login 404 404 403 403 403 403 403 go  403
agreements:change_revoke        coming             GET  login 404 404 403 403 403 403 403 ok  403
agreements:change_revoke        coming             POST login 404 404 403 403 403 403 403 go  403
agreements:change_revoke        adopted            GET  login 404 404 403 403 403 403 403 403 403
agreements:decision_correct     adopted/decision_pk=? GET  login 404 404 403 403 403 403 403 ok  403
agreements:decision_correct     adopted/decision_pk=? POST login 404 404 403 403 403 403 403 go  403
agreements:correction_confirm   corrected/correction_pk=? GET  login 404 404 403 403 403 403 403 403 403
agreements:correction_confirm   corrected/correction_pk=? POST login 404 404 403 403 403 403 403 403 403
agreements:party_decide         amendment/order=1  GET  login 404 404 403 ok  403 403 403 ok  403
agreements:party_decide         amendment/order=1  POST login 404 404 403 go  403 403 403 go  403
agreements:party_decide         proposed/order=1   GET  login 404 404 403 403 403 403 403 403 403
agreements:amendment_adopt      amendment          GET  login 404 404 403 403 403 403 403 ok  403
agreements:amendment_adopt      amendment          POST login 404 404 403 403 403 403 403 409  403
agreements:collision_settle     draft/number=2,key=x GET  login 405 405 405 405 405 405 405 405 405
agreements:collision_settle     draft/number=2,key=x POST login 404 404 404 404 404 409 409 404 404
agreements:clause_move          text_draft/number=1,key=? GET  login 405 405 405 405 405 405 405 405 405
agreements:clause_move          text_draft/number=1,key=? POST login 404 404 404 404 404 409 409 404 404
agreements:clause_remove        text_draft/number=1,key=? GET  login 404 404 404 404 404 ok ok 404 404
agreements:clause_remove        text_draft/number=1,key=? POST login 404 404 404 404 404 go go 404 404
agreements:clause_restore       text_draft/number=1,key=? GET login 405 405 405 405 405 405 405 405 405
agreements:clause_restore       text_draft/number=1,key=? POST login 404 404 404 404 404 409 409 404 404
agreements:clauses_number       text_draft/number=1 GET login 405 405 405 405 405 405 405 405 405
agreements:clauses_number       text_draft/number=1 POST login 404 404 404 404 404 go go 404 404
agreements:clauses_number       theirs_proposed/number=2 POST login 409 404 404 404 404 404 404 404 404
agreements:change_compare       draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_compare       proposed           GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_compare       adopted            GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_compare       theirs_proposed    GET  login ok  404 404 404 404 404 404 404 404
agreements:change_compare       proposed           POST login 405 405 405 405 405 405 405 405 405

desk:accessibility_statement    -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
desk:accessibility_statement    -                  POST 405   405 405 405 405 405 405 405 405 405
desk:feedback_give              -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
desk:feedback_give              -                  POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
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
