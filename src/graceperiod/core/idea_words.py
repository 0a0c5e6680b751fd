"""The words that stand for each idea, each language apart.

Written as `text.key_of` has them, with their accents. A phrase is joined by `_`; a `*` ends a word of which
only the beginning counts. Who writes without accents is understood too.

Matching does not know the language of a mail: a word that is an ordinary one of another language listed here
(Dutch `was`, Italian `come`, French `stage`) is left out, or stands in a phrase that is of one language only.
"""

from collections.abc import Mapping
from typing import Final

IDEA_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "regret": """
            am_afraid bad_news disappoint* hard_news i'm_afraid i'm_sorry must_inform_you not_the_news
            regret* regretfully regrettably sadly so_sorry sorry_to unfortunately unfortunatly
            unfortunetly very_sorry we're_afraid we're_sorry we_are_sorry weren't_able with_regret
        """,
        "refusal": """
            application_is_rejected application_was_rejected been_declined been_rejected can't_offer
            can't_take_you cannot_consider cannot_offer cannot_proceed chosen_not_to decided_against
            decided_not_to declined_your_application did_not_make didn't_get_the didn't_make
            elected_not_to have_not_been have_to_decline is_a_no it's_a_no longer_being_considered
            longer_under_consideration must_decline no_longer_being no_longer_considered
            no_longer_in_consideration not_a_fit not_a_match not_able_to_offer not_advance not_among_the
            not_among_those not_appointed not_be_able_to_offer not_be_advancing not_be_considered
            not_be_continuing not_be_extending not_be_inviting not_be_moving not_be_moving_forward
            not_be_offering not_be_proceeding not_be_progressed not_be_progressing not_be_pursuing
            not_be_selected not_be_shortlisted not_be_taking not_been_able not_been_chosen
            not_been_selected not_been_shortlisted not_been_successful not_being_considered not_chosen
            not_continue_with not_get_the not_going_to not_hiring not_in_a_position not_invited
            not_looking_for not_make_the not_meet_the not_move_forward not_moving_forward
            not_moving_your not_offer_you not_one_of_the not_pass not_proceed not_proceeding
            not_progress not_progressing not_pursue not_quite_right not_selected not_shortlisted
            not_successful not_taking_your not_the_right not_through_to not_to_advance not_to_continue
            not_to_go not_to_move not_to_proceed not_to_progress not_to_pursue not_to_take
            not_what_we're offer pass_on_your rejected_your_application rejection
            removed_from_consideration say_no saying_no turned_down unable_to_move unable_to_offer
            unable_to_proceed unable_to_progress unable_to_take unsuccessful was_not_selected
            wasn't_selected we_won't were_not_selected weren't_selected won't_be_moving
            won't_be_offering won't_be_progressing won't_be_taking
        """,
        "others": """
            align_more aligns_more another_applicant another_applicant* another_candidate*
            another_person applicants_who applicants_whose better_aligned better_fit better_match
            better_suited candidate_who candidate_whose candidates_who candidates_whose chosen_another
            chosen_someone closely_match* closer_fit closer_match different_candidate*
            forward_with_other go_with_another go_with_somebody going_with_another going_with_someone
            gone_to_another gone_with_somebody gone_with_someone internal_candidate more_closely
            more_experienced more_suitable offered_to_another other_applicant* other_applications
            other_candidate* other_finalist other_people other_person proceed_with_other
            selected_another somebody_else someone_else stronger_candidate* stronger_fit stronger_match
            went_with_someone whose_background whose_experience whose_skills with_more_experience
        """,
        "filled": """
            already_filled appointment_made been_appointed been_cancelled been_closed been_filled
            cancelled_the closed_the_position filled_internally filled_the_position filled_the_role
            filled_this gone_to has_been_filled is_filled jobs_gone no_longer_available no_longer_hiring
            no_longer_open no_openings no_positions no_roles no_vacancies no_vacancy now_filled
            position_closed position_is_closed posts_have_been role_is_closed vacancy_is_closed
            was_filled
        """,
        "hold": """
            abeyance another_look back_up backup bear_with budget_approval can't_yet cannot_yet decision
            decision_yet delay delayed eligible_list first_choice_accepts first_reserve freeze frozen
            further_candidates further_notice has_until hasn't_decided have_to_wait haven't_decided
            hiring_freeze if_they_decline in_reserve in_the_running is_frozen keep_in_touch
            keep_you_posted keep_you_warm longer_than_expected longer_than_planned made more_candidates
            next_in_line no_decision not_a_no not_ready_to not_yet_decided not_yet_made on_hold on_ice
            once_the_budget other_candidates_to_see parked paused paused_the pausing pending_approval
            pending_budget postpone* postponed pushed_back pushed_to put_off put_on_hold reserve
            reserve_candidate reserve_list resume_hiring resumes roster runner_up second_choice
            second_in_line second_place shortlist_reserve should_they_decline slower_than still_deciding
            still_waiting strong_contender suspended take_longer taking_longer talent-pool
            talent_community talent_network talent_pool until_further_notice wait_list waiting_list
            waitlist* when_it_reopens
        """,
        "wishes": """
            all_the_best best_of_luck every_success future_career future_endeavo* good_luck job_search
            much_success success_in wish_you your_search
        """,
        "on_file": """
            apply_again database encourage_you future_opening* future_opportunit* future_position*
            future_role* future_vacanc* on_file other_openings other_opportunit* other_roles reapply
        """,
        "application": """
            applicant applicant* applicants application application_for application_to applications
            applied applying candidacy candidate candidates candidature cover_letter cv interviewing
            job_application resume the_application your_application your_candidacy your_cv your_interest
            your_resume
        """,
        "post": """
            apprenticeship employer employment internship job jobs opening openings placement positions
            post req requisition role roles traineeship vacancies vacancy
        """,
        "hiring": """
            hiring hiring_manager hiring_team hr human_resources interviewed interviewing recruiter
            recruiters recruiting recruitment selection_committee selection_process shortlist*
            talent_acquisition
        """,
        "review": """
            after_careful after_reviewing careful_consideration carefully_considered carefully_review
            carefully_reviewed difficult_decision hard_decision have_decided have_reviewed high_volume
            large_number many_applications much_consideration thorough_review tough_decision
            we_have_reviewed
        """,
        "arrived": """
            acknowledge* application_confirmation application_received application_submitted be_in_touch
            been_submitted come_through confirm_receipt confirms_that currently_reviewing got_your
            has_been_received have_received have_your_application hear_from_us is_being_reviewed
            looking_at_your next_steps reached_us receipt_of received_your reviewing_your
            safely_received shortly successfully_submitted thank_you_for_applying thanks_for_applying
            under_review will_be_in will_be_reviewed will_contact will_get_back will_look_at will_review
        """,
        "invitation": """
            a_call availability available_for book_a calendar chat_with final_interview first_round
            interview interview_confirmed interview_invitation interview_with interviews invitation
            invite_you invited_to join_the_call like_to_invite like_to_meet meet_the meet_with_you
            meeting_link next_round next_stage on_site onsite panel_interview phone_call phone_interview
            pick_a reschedule rescheduled schedule_a schedule_an second_interview slot slots
            speak_with_you time_slot time_slots video_interview your_availability your_interview zoom
        """,
        "test": """
            aptitude assessment assessments assignment case_study certificate challenge coding_challenge
            coding_test complete_the deadline exercise one-way online-test online_test portfolio
            psychometric questionnaire references sample skills_test submit take-home take_home task
            test test_link tests the_assignment the_exercise timed within_72 work_sample
        """,
        "offer": """
            accept_the annual_salary base_salary congrats congratulations contract contract_attached
            countersign* delighted_to_offer employment_contract first_day happy_to_offer job's_yours
            job_offer like_to_offer offer_letter offer_of offer_you onboarding pleased_to_offer
            probation salary sign_and_return signing_bonus start start_date starting_salary the_job_is
            welcome_aboard welcome_to your_contract your_offer
        """,
        "outreach": """
            are_looking are_you_open came_across client confidential_search contract_role
            currently_looking exciting_opportunity exciting_role great_opportunity headhunter
            i'm_recruiting interested_in linkedin looking_for_a my_client new_opportunity open_to
            opportunity our_client quick_chat reach_out reaching_out recruiter recruiter_at
            we're_looking would_you_be your_background your_experience your_profile
        """,
        "alert": """
            alert alerts apply_now days_ago easy_apply hiring_now job_alert job_recommendations jobs_for
            jobs_in jobs_matching jobs_near jobs_you matches matching_jobs more_jobs new_job new_jobs
            new_matches recommendations recommended_jobs saved_search search_agent see_all_jobs
            similar_jobs view_job view_jobs your_alert your_search
        """,
        "remarks": """
            advice as_requested asked_for constructive could_be_improved feedback improve my_advice
            next_time room_for scored scores strengths the_panel_felt tip work_on you_asked your_answers
            your_presentation your_strengths
        """,
        "withdrawal": """
            accept_another accepted_another another_offer attached_my counter-offer decided_to_accept
            decline_the decline_your delighted_to_accept going_to_decline have_accepted i'm_writing
            i've_accepted i've_decided i_accept i_am_writing i_applied i_applied_for i_appreciate
            i_enjoyed i_have_decided i_look_forward i_will_not i_won't i_would_like_to_withdraw
            must_decline my_application my_current_employer my_cv my_notice my_resignation other_offer
            pleased_to_accept respectfully_decline stay_with_my turn_down_the turn_it_down withdraw
            withdraw_from withdrawal withdrawing withdrawn
        """,
        "housing": """
            allotment apartment bedroom flat landlord lease letting lettings rent rental tenancy tenant
            tenants viewing
        """,
        "finance": """
            account balance bank billing card claim credit donation insurance interest invest* loan
            mortgage overdraft payment payments policy portfolio premium refund reimbursement tax
        """,
        "study": """
            abstract admission admissions audition award awards bursary conference course editor
            enrolment exhibition fellowship festival funding grant journal judges manuscript novel paper
            phd_scholarship poem prize programme_place residency reviewer reviewers scholarship series
            show submission submissions talent_show thesis undergraduate university
        """,
        "purchase": """
            booking buy coupon delivery discount invoice order orders parcel price product products
            purchase receipt renew reservation return sale shipped shipping shop subscription ticket
            tickets tracking voucher warranty
        """,
        "newsletter": """
            all_rights edition episode in_your_browser mailing_list opt_out preferences privacy_policy
            read_more subscriber subscribers this_week unsubscribe view_in webinar you_are_receiving
        """,
        "technical": """
            bug build code config database email error file files fix install kernel linux list login
            password patch python release script security server software system update user users
            version web website windows
        """,
        "advert": """
            act_now bonus cash cheap cheapest click_here earn free guarantee* income limited_time loans
            million money money_back no_obligation per_month prize risk_free save_up special_offer
            viagra winner
        """,
        "company_talk": """
            agenda attached budget conference deal draft for_your_review forecast fyi gas let_me_know
            meeting power report see_attached talk_to
        """,
        "private": """
            birthday club dad dinner garden holiday kids love lunch match mom mum party pub swim tonight
            wedding weekend
        """,
        "machine": """
            annual_leave auto-reply automatic_reply autoreply away_from bounced could_not_be
            delivery_failed mail_system on_leave out_of_office permanent_error recipient returned_to
            undeliverable undelivered
        """,
        "condition": """
            assume_that either_way if_it if_selected if_shortlisted if_there's_a if_there_is_a if_we
            if_you're_selected if_you_are_selected if_you_do_not if_you_don't if_you_have_not
            if_you_haven't if_your_application if_your_background if_your_experience if_your_profile
            if_your_qualifications if_your_skills only_applicants only_candidates only_shortlisted
            only_those please_assume should_you_not
        """,
        "past": """
            back_in_the earlier_this_year in_the_past last_month last_time last_year months_ago
            previously some_time_ago years_ago
        """,
    },
    "de": {
        "regret": """
            bedauer* bedauerlicherweise bedaur* enttaeusch* leider muessen_wir_ihnen schade_dass
            schlechte_nachricht* schweren_herzens tut_mir_leid tut_uns_leid zu_meinem_bedauern
        """,
        "refusal": """
            abgelehnt abgesagt ablehn* absage* abschlaegig* absehen abzusagen dagegen_entschieden
            gegen_dich_entschieden gegen_sie_entschieden kein_angebot keine_beruecksichtigung
            keine_passende keine_positive keine_zusage keinen_erfolg keinen_job keinen_platz
            keinen_positiven leider_keine leider_keinen leider_nicht negativ nicht_anbieten
            nicht_anbieten_koennen nicht_auf_sie nicht_ausgewaehlt nicht_beruecksichtig*
            nicht_die_passende nicht_einladen nicht_entsprechen nicht_erfolgreich nicht_fuer_dich
            nicht_fuer_sie nicht_geklappt nicht_gepasst nicht_gereicht nicht_in_betracht nicht_in_die
            nicht_in_frage nicht_machen nicht_mehr_dabei nicht_mehr_im nicht_nehmen nicht_passt
            nicht_positiv nicht_weiter_beruecksichtig* nicht_weiter_bruecksichtigen nicht_weiter_im
            nicht_weiter_verfolg* nicht_weiterverfolg* nicht_zum_zug nicht_zusagen
        """,
        "others": """
            andere_bewerb* andere_kandidat* andere_person andere_profile anderen_bewerb*
            anderen_kandidat* anderen_person anderen_personen anderen_profilen anderer_bewerb*
            anderer_kandidat* besser_passen besser_passt bewerber_entschieden bewerberin_entschieden
            einen_anderen_weg fuer_eine_andere fuer_einen_anderen fuer_jemand genommen jemand_anderem
            jemand_anderen jemand_anderes kandidaten_entschieden mitbewerb* naeher_an noch_besser
            passgenau* staerker_entspr*
        """,
        "filled": """
            anderweitig bereits_vergeben besetzt kein_bedarf keine_stelle keine_stellen keinen_bedarf
            nicht_mehr_besetz* nicht_mehr_verfuegbar stelle_besetzt vergeben
        """,
        "hold": """
            auf_eis auf_platz ausgesetzt bedenkzeit bewerberpool bis_auf_weiteres dauert_laenger
            dauert_noch eingefroren einstellungsstop einstellungsstopp engere_wahl frei_wird gedulden
            haengepartie haushalt_freigegeben haushaltssperre hinhalt* in_der_schwebe in_wartestellung
            nachrueck* noch_geduld noch_keine_entscheidung noch_nicht_entschieden noch_offen platz_zwei
            reserveliste spaeter_als springerliste stellenstopp talentpool talentpools verschiebt
            verschoben vertagt vertroesten verzoeger* verzoegerung vorgemerkt vormerken warmhalten
            warteliste* warten_noch wieder_auf_sie_zu zu_einem_spaeteren zurueckgestellt
            zurueckgestellte* zweite_wahl zweiter_stelle
        """,
        "wishes": """
            alles_gute beruflichen_weg* viel_erfolg viel_glueck weitere_zukunft weiteren_beruf*
            weiteren_weg* wuensche_dir wuensche_ihnen wuenschen_wir zukunft_alles
        """,
        "on_file": """
            andere_stellen erneut_bewerben evidenz kuenftige_stellen weitere_stellen wieder_bewerben
        """,
        "application": """
            anschreiben bewerber* bewerbung bewerbungen bewerbungs* beworben deine ihre_unterlagen
            kandidat* lebenslauf unterlagen
        """,
        "post": """
            arbeitsstelle ausbildung ausbildungsplatz ausschreibung lehrstelle praktikum praktikumsplatz
            stelle stellen stellenausschreibung traineeprogramm volontariat werkstudent*
        """,
        "hiring": """
            auswahlkommission auswahlprozess auswahlverfahren besetzungsverfahren bewerbungsverfahren
            personalabteilung personalreferent* personalwesen stellenbesetzung
        """,
        "review": """
            eingehend* gruendlicher nicht_leicht reiflicher sorgfaeltig* vielzahl zahlreiche*
        """,
        "arrived": """
            angekommen bei_uns_angekommen bestaetigen_den bewerbung_erhalten bitten_um eingang
            eingangsbestaetigung eingegangen eingetroffen empfangsbestaetigung erhalten_haben
            etwas_geduld gut_angekommen haben_erhalten in_bearbeitung melden_uns pruefen_deine
            pruefen_ihre sobald_wie werden_uns_melden wird_geprueft zugegangen
        """,
        "invitation": """
            auswahlgespraech* auswahltag bewerbungsgespraech einladen einladung einladung_zum gespraech
            gespraechstermin* hospitation interviewtermin kennenlernen kennenlerngespraech
            kennenzulernen lade ladung neuen_termin probearbeiten probearbeitstag probetag schnuppertag
            telefoninterview termin terminvorschlag* videointerview vorstellungsgespraech
            vorstellungsgespraech* vorstellungstermin* zum_gespraech zweitgespraech*
        """,
        "test": """
            arbeitsprobe* aufgabe aufgaben bearbeitungszeit eignungstest eignungstest* fallstudie
            fuehrungszeugnis onlinetest probeaufgabe* probetext probeuebersetzung referenzen rollenspiel
            testaufgabe* testlink
        """,
        "offer": """
            anbieten_zu anstellungsvertrag antreten arbeitsbeginn arbeitsvertrag ausbildungsvertrag
            brutto eingestellt einstellen erster_arbeitstag freuen_uns_ihnen fuer_dich_entschieden
            fuer_sie_entschieden gehalt herzlich_willkommen ihr_vertrag probezeit unterschreiben vertrag
            vertragsangebot vertragsentwurf zusage zusage_fuer
        """,
        "outreach": """
            auf_dein_profil auf_ihr_profil dein_profil hast_du_lust ihr_profil im_auftrag interesse_an
            kurzes_telefonat mein_mandant neue_herausforderung profil unser_mandant waere_das
            wechselwillig wir_suchen
        """,
        "alert": """
            ihr_suchauftrag jetzt_bewerben jobalarm jobs_fuer neue_jobs neue_stellen neue_treffer
            passende_jobs passende_stellen stellenangebote stellenanzeigen suchagent suchprofil treffer
        """,
        "remarks": """
            auswertung beim_naechsten gefragt ihre_antworten ihre_nachfrage mein_rat mein_tipp nachfrage
            punkte rueckmeldung schwaechen sie_baten sie_hatten_gefragt staerken verbessern
        """,
        "withdrawal": """
            andere_stelle_angenommen anderes_angebot angebot_angenommen angenommen_habe habe_ich_mich
            habe_mich_beworben habe_mich_entschieden hiermit_bewerbe ich_bewerbe mein_lebenslauf
            meine_bewerbung muss_ich_leider ziehe zurueckgezogen zurueckziehen
        """,
        "housing": """
            besichtigung eigentuemer* kleingarten miete mieter* mietvertrag vermieter* wohnung wohnungs*
            zimmer
        """,
        "finance": """
            antrag bescheid darlehen erstattung finanzamt konto krankenkasse kredit lastschrift
            rueckerstattung schaden* steuer* ueberweisung versicherung* widerspruch zahlung
        """,
        "study": """
            auswahlgremium beitrag einreichung foerderantrag foerderung foerderzusage gutachten
            hochschule jury kita kurs manuskript preis schule schulplatz stipendium studienplatz studium
            tagung verlag wettbewerb zulassung
        """,
        "purchase": """
            abo artikel bestellung buchung garantie gutschein kauf lieferung paket preis rabatt rechnung
            reklamation reservierung ruecksendung sendung
        """,
        "newsletter": """
            abbestellen abmelden abonnent* diese_woche im_browser mehr_lesen newsletter
        """,
        "technical": """
            anmeldung fehler passwort perl programm wartung
        """,
        "advert": """
            gewinn gewinnen gratis jetzt kostenlos sichern
        """,
        "company_talk": """
            anbei angebot besprechung kollegen projekt protokoll sitzung verein
        """,
        "private": """
            abendessen familie feier geburtstag kinder mama papa urlaub wochenende
        """,
        "machine": """
            abwesend abwesenheit abwesenheit* automatische_antwort im_urlaub nicht_zugestellt
            unzustellbar
        """,
        "condition": """
            betrachten_sie falls_dein falls_ihr falls_sie falls_wir nichts_gehoert nichts_von_uns
            so_oder_so sollte_dein sollte_ihr sollten_sie sollten_wir vorkommen wenn_ihr_profil
            wenn_sie_bis wenn_wir
        """,
        "past": """
            damals im_vergangenen letzten_jahr letztes_jahr seinerzeit vergangenes_jahr vor_einem_jahr
            vor_einiger_zeit
        """,
    },
    "fr": {
        "regret": """
            à_contrecoeur à_contrecœur déception décevant* décevoir déçu déçue déçus désolé* hélas
            malheureusement mauvaise_nouvelle mauvaises_nouvelles navré* pas_celle_que
            pas_de_bonnes_nouvelles pas_la_nouvelle pas_la_réponse
        """,
        "refusal": """
            avis_défavorable avis_négatif avons_décliné c'est_non ce_sera_non choisi_de_ne_pas
            de_refuser décidé_de_ne_pas décision_de_ne_pas défavorable* défavorablement devons_décliner
            écarté écartée écarter est_refusé été_déclinée été_refusé malheureusement_pas n'a_pas_été
            n'as_pas_été n'avez_pas_été n'avons_pas_retenu n'avons_pu_retenir n'est_pas_retenu*
            n'ira_pas_plus n'irons_pas_plus ne_continuerons_pas ne_correspond_pas ne_correspondait_pas
            ne_correspondent_pas ne_donnerons_pas ne_donnons_pas ne_fais_pas_partie ne_fait_pas_partie
            ne_faites_pas_partie ne_figure_pas ne_figurez_pas ne_pas_donner ne_pas_retenir ne_peut_être
            ne_pourra_être ne_pourrons_pas ne_poursuivons_pas ne_poursuivrons_pas
            ne_pouvons_malheureusement ne_pouvons_pas ne_remplissez_pas ne_remplit_pas ne_répond_pas
            ne_retenons_pas ne_sera_pas ne_seras_pas ne_serez_pas négativement non_retenu* pas_abouti
            pas_accepté* pas_admis* pas_aller_plus pas_choisi* pas_concluant* pas_continuer
            pas_convaincu* pas_donner_suite pas_embaucher pas_en_adéquation pas_en_mesure pas_engager
            pas_été_acceptée* pas_été_choisi* pas_été_concluant* pas_été_retenu* pas_été_sélectionné*
            pas_être_en_mesure pas_possible_de pas_poursuivi* pas_poursuivre pas_pu_donner
            pas_pu_retenir pas_recruter pas_retenir pas_retenu* pas_sélectionné* pas_suffisamment
            pas_te_garder pas_te_prendre pas_te_proposer pas_te_retenir pas_totalement
            pas_vous_embaucher pas_vous_engager pas_vous_garder pas_vous_offrir pas_vous_prendre
            pas_vous_proposer pas_vous_recruter pas_vous_retenir préféré_ne_pas préférons_ne_pas
            pu_retenir refus refusée rejet rejeté rejetée rejeter réponse_défavorable réponse_négative
            retour_négatif s'arrête_ici s'arrête_là s'arrêter_là s'arrêtera_là sans_suite
            suite_défavorable suite_favorable suite_négative vous_refuser
        """,
        "others": """
            au_profit_d'autres au_profit_d'un au_profit_d'une autre_candidat* autre_choix autre_personne
            autre_profil autres_candidat* autres_profils avancer_avec_d'autres candidat_interne
            candidat_retenu candidate_interne candidate_retenue candidats_plus candidats_retenus
            candidature_interne choisi_un_autre choisi_une_autre correspond_davantage correspond_mieux
            correspondait_mieux correspondant_davantage correspondant_mieux correspondent_davantage
            correspondent_mieux d'autres_candidat* d'autres_personnes d'autres_postulants
            d'autres_profils davantage_aux dont_l'expérience dont_le_parcours dont_le_profil
            dont_les_compétences mieux_aux_attentes plus_adapté* plus_d'expérience plus_en_adéquation
            plus_en_ligne plus_en_phase plus_expérimenté* plus_proche_de plus_proche_des plus_proches_de
            porté_sur poursuivre_avec_d'autres préféré_un préféré_une profil_plus profils_plus
            quelqu'un_d'autre répond_mieux répondant_mieux répondent_mieux retenu_d'autres
            retenu_un_autre retenu_une_autre s'est_arrêté* s'est_porté* une_autre_personne
        """,
        "filled": """
            aucun_besoin aucun_poste aucun_recrutement aucune_ouverture aucune_place déjà_pourvu*
            désormais_pourvu* est_clôturé* est_désormais_clos* est_pourvu* été_annulé* été_clôturé*
            été_fermé* été_pourvu* été_supprimé* n'embauchons_pas n'est_plus_disponible
            n'est_plus_ouvert* ne_recherchons_pas ne_recherchons_plus ne_recrute_pas ne_recrute_plus
            ne_recrutons_pas ne_recrutons_plus offre_clôturée pas_de_besoin pas_de_besoins pas_de_poste
            pas_de_postes pas_de_recrutement plus_à_pourvoir plus_d'actualité plus_de_besoin
            plus_de_place plus_de_places plus_disponible* plus_vacant* poste_annulé poste_est_pourvu
            poste_fermé poste_pourvu poste_supprimé pourvu_en_interne pourvue_en_interne
            recrutement_annulé recrutement_clos recrutement_est_clos
        """,
        "hold": """
            ajourné* arbitrage* aucune_décision autres_candidats_à_rencontrer décalé* décaler
            décision_définitive décision_finale dès_que_le_budget désistement deuxième_choix
            deuxième_position du_retard en_attente en_deuxième en_pause en_suspens encore_des_entretiens
            encore_en_lice est_reporté* été_reporté* été_retardé* gel_des gel_du gelé gelée gelés
            liste_complémentaire liste_d'attente liste_de_réserve mis_en_attente mis_en_pause
            mise_en_attente n'est_pas_un_refus nouvel_ordre pas_de_décision pas_encore_arrêté
            pas_encore_décidé pas_encore_été pas_encore_pris pas_encore_rendu pas_encore_tranché
            pas_un_non pas_un_refus patienter peu_de_patience plus_de_temps_que plus_long_que
            plus_longtemps_que prolongé prolongée réouverture reportons repoussé* reprise_du_processus
            reprise_du_recrutement réserve_de_recrutement se_désiste* se_prolonge second_choix
            seconde_position si_le_premier sont_reporté* sous_le_coude suspendons suspendu suspendue
            suspendus ta_patience tenir_au_courant tenir_informé* tenons_au_courant tiendrai_au_courant
            tiendrons_au_courant tiendrons_informé* tiens_au_courant toujours_en_cours toujours_en_lice
            validation_budgétaire validation_du_budget vivier votre_patience
        """,
        "wishes": """
            avenir_professionnel beaucoup_de_succès bon_courage bonne_chance bonne_continuation
            dans_ta_recherche dans_tes_recherches dans_vos_recherches dans_votre_recherche
            futurs_projets le_meilleur_pour parcours_professionnel plein_succès pleine_réussite
            projet_professionnel projets_professionnels recherche_d'emploi réussite_dans souhaite_une
            souhaitons succès_dans suite_de_ta suite_de_tes suite_de_ton suite_de_vos suite_de_votre
            te_souhait* tes_projets tout_le_meilleur tout_le_succès vos_projets vos_recherches
            votre_avenir vous_souhait*
        """,
        "on_file": """
            autres_offres autres_opportunités autres_postes base_de_données besoins_futurs
            conserve_votre conserver_ta conserver_vos conserver_votre conserverons conservons cvthèque
            d'autres_offres d'autres_opportunités d'autres_postes futures_opportunités futurs_besoins
            garder_ton garder_votre garderons gardons_ta gardons_ton gardons_votre hésite_pas_à_postuler
            hésitez_pas_à_postuler nouveau_postuler nouvelle_candidature opportunités_futures
            postuler_à_nouveau prochaines_opportunités recontacter recontacterai recontacterons
            repostuler
        """,
        "application": """
            candidat candidats candidatures l'intérêt_que lettre_de_motivation postulant postulante
            postulants postulation postulé postuler ta_candidature ton_cv ton_dossier ton_intérêt
            ton_parcours ton_profil votre_candidature votre_cv votre_dossier votre_intérêt
            votre_parcours votre_profil
        """,
        "post": """
            alternance alternante apprentissage cdd cdi d'apprentissage d'emploi d'emplois de_stage
            emploi emplois employeur l'emploi l'employeur le_stage poste postes stagiaire stagiaires
            ton_stage un_stage votre_stage
        """,
        "hiring": """
            comité_de_sélection commission_de_recrutement commission_de_sélection d'embauche drh
            embauche embauches équipe_rh équipes_rh l'embauche les_rh présélectionné*
            procédure_de_recrutement procédure_de_sélection processus_de_recrutement
            processus_de_sélection recrutement recrutements recruteur recruteurs recruteuse
            responsable_rh ressources_humaines service_rh
        """,
        "review": """
            approfondi* après_analyse après_avoir_analysé après_avoir_étudié après_avoir_examiné
            après_étude après_examen après_lecture après_réflexion attention_particulière attentivement
            avec_attention avec_soin avons_décidé avons_étudié avons_examiné avons_pris_la_décision
            choix_difficile de_nombreuses de_nombreux décision_difficile étude_attentive examen_attentif
            grand_nombre longuement mûre_réflexion mûrement nombre_important nombreuses_candidatures
            nombreux_candidats pas_été_facile pas_été_simple soigneusement
        """,
        "arrived": """
            accusé_de_réception accuse_réception accuser_réception accusons_réception ai_reçu
            allons_étudier allons_examiner avons_reçu bien_enregistré* bien_été_envoyée bien_été_prise
            bien_été_reçue bien_été_transmise bien_parvenu* bien_reçu bien_reçue bonne_réception
            candidature_reçue confirmons_la_réception contacterons cours_d'étude cours_d'examen
            cours_de_traitement est_parvenu* été_enregistré* été_reçue étudier_votre étudions_ta
            étudions_votre meilleurs_délais merci_d'avoir_postulé plus_brefs_délais prochainement
            prochaines_étapes réception_de revenons_vers reviendra_vers reviendrai_vers reviendrons_vers
            reviens_vers sera_étudiée sera_examinée
        """,
        "invitation": """
            appel_téléphonique convions convoqué* convoquer créneau créneaux d'entretien d'entretiens
            d'immersion disponibilités disponible_pour échanger_avec entretien entretien_téléphonique
            entretiens journée_d'essai l'entretien premier_échange prochain_entretien prochain_tour
            prochaine_étape rendez_vous replanifier t'inviter ta_connaissance te_convier te_rencontrer
            un_échange une_convocation visio visioconférence vos_disponibilités votre_connaissance
            vous_convier vous_inviter vous_rencontrer
        """,
        "test": """
            cas_pratique casier_judiciaire d'évaluation date_limite échéance épreuve épreuves
            étude_de_cas exercice exercices jeu_de_rôle l'épreuve l'évaluation l'exercice minutes_pour
            mise_en_situation mises_en_situation temps_imparti test_en_ligne test_technique
            tests_techniques une_évaluation vos_références
        """,
        "offer": """
            à_signer avenant bienvenue brut_annuel brut_par bruts candidature_a_été_retenue
            candidature_est_retenue choisi_votre_candidature contrat contrat_à_durée contrat_de_travail
            date_d'entrée date_de_début embauché embauchée embaucher êtes_retenu* félicitations
            heureux_de_vous_proposer la_rémunération offre_d'embauche période_d'essai
            plaisir_de_vous_proposer premier_jour prise_de_poste promesse_d'embauche proposer_le_poste
            proposition_d'embauche rémunération_annuelle retenu_ta_candidature retenu_votre_candidature
            salaire signature_du_contrat te_proposer_le_poste ton_contrat ton_intégration votre_contrat
            votre_intégration votre_rémunération vous_confier_le vous_proposer_le_poste
        """,
        "outreach": """
            à_l'écoute a_retenu_mon_attention belle_opportunité cabinet_de_recrutement chasseur_de_têtes
            de_nos_clients en_toute_confidentialité intéressé_par je_recherche je_recrute
            l'écoute_d'opportunités m'a_interpellé ma_cliente mon_client notre_client nous_recherchons
            nous_recrutons nouveau_challenge nouveau_défi nouvelle_opportunité opportunité ouvert_à
            ouverte_à serais_tu seriez_vous seriez_vous_intéressé* tombé_sur tombée_sur
        """,
        "alert": """
            alerte alerte_emploi alertes annonces_du_jour candidature_simplifiée emplois_à
            emplois_recommandés nouvelle_offre nouvelles_annonces nouvelles_offres offres_correspondant*
            offres_d'emploi offres_du_jour offres_pour offres_similaires postule_maintenant
            postuler_maintenant postulez recherche_enregistrée recommandées_pour recommandés_pour
            voir_l'offre voir_les_offres voir_toutes voir_toutes_les_offres vos_critères votre_alerte
        """,
        "remarks": """
            à_ta_demande à_votre_demande améliorer avais_demandé avez_demandé aviez_demandé
            comme_convenu comme_demandé conseil conseils constructif d'amélioration m'as_demandé
            mon_conseil point_fort points_à_améliorer points_faibles points_forts prochaine_fois
            progresser retour_sur_ta retour_sur_ton retour_sur_votre suite_à_votre_demande
            ta_présentation tes_réponses un_retour_détaillé un_retour_sur vos_atouts vos_réponses
            votre_entretien votre_présentation
        """,
        "withdrawal": """
            accepté_un_autre accepté_une_autre autre_offre autre_proposition ci_joint_mon décline_votre
            décliner_l'offre décliner_votre j'accepte j'ai_accepté j'ai_décidé j'ai_postulé je_décline
            je_me_permets je_postule je_renonce je_vous_adresse je_vous_écris ma_candidature
            ma_démission ma_lettre me_retirer mon_cv mon_employeur mon_poste_actuel mon_préavis
            retire_ma retirer_ma retrait_de_ma une_autre_offre
        """,
        "housing": """
            bailleur bailleurs cet_appartement chambre colocation contrat_de_bail d'appartement
            de_location du_bail en_location immobilier immobilière l'appartement la_location le_bail
            locataire* logement logements loyer loyers propriétaire* un_appartement votre_visite_de
        """,
        "finance": """
            assureur banque carte_bancaire compte_bancaire cotisation* crédit d'assurance de_prêt
            découvert emprunt épargne fiscal_et fiscale hypothécaire impôt impôts indemnisation
            indemnité* l'assurance mutuelle paiement paiements prélèvement prêt_immobilier remboursement
            remboursements sinistre virement votre_assurance votre_banque votre_compte votre_prêt
        """,
        "study": """
            appel_à_projets bourse bourses colloque comité_de_lecture concours cursus d'inscription
            d'université de_thèse doctorat école élève élèves en_crèche étudiant* évaluateurs l'école
            l'établissement l'inscription l'université la_crèche lycée maison_d'édition manuscrit
            manuscrits parcoursup subvention subventions thèse_de une_thèse université votre_inscription
        """,
        "purchase": """
            achat achats acheter billets bon_de_réduction colis commande commandes été_expédié* expédiée
            facture factures livraison livré livrée panier produit produits remise_de réservation
            votre_abonnement votre_commande votre_réclamation
        """,
        "newsletter": """
            à_la_une abonné abonnés cette_semaine confidentialité désabonnement désabonner
            désinscription désinscrire infolettre lettre_d'information lire_la_suite recevez_ce
            recevez_cet savoir_plus tous_droits votre_navigateur webinaire
        """,
        "technical": """
            connexion erreur erreurs fichier fichiers identifiant identifiants logiciel logiciels
            mise_à_jour mot_de_passe sécurité serveur serveurs site_web utilisateur utilisateurs
        """,
        "advert": """
            cliquez_ici d'argent de_l'argent gagnant gagner gagnez gratuit gratuite gratuitement
            gratuits offre_spéciale profitez sans_engagement soldes
        """,
        "company_talk": """
            ci_joint collègue collègues compte_rendu devis la_réunion notre_réunion ordre_du_jour
            pièce_jointe pour_information prévisions procès_verbal projet trimestre une_réunion
        """,
        "private": """
            anniversaire bisous ce_soir enfants famille maman mariage ta_mère ton_père vacances
        """,
        "machine": """
            absence_du_bureau absent_du absente_du actuellement_absent* destinataire destinataires
            en_congé en_congés message_automatique n'a_pas_pu_être ne_pas_répondre non_remis
            remise_a_échoué réponse_automatique
        """,
        "condition": """
            cas_échéant considère_que considérer_que considérer_votre considérez_que en_l'absence
            passé_ce_délai positive_ou_négative que_la_réponse_soit quoi_qu'il sans_nouvelle
            sans_nouvelles sans_réponse sans_retour seules_les_candidatures seules_les_personnes
            seuls_les_candidats seuls_les_profils si_elle_est si_nous si_ta_candidature si_ton_profil
            si_tu_es si_tu_n'as_pas si_tu_ne_reçois si_votre_candidature si_votre_profil si_vous_êtes
            si_vous_n'avez_pas si_vous_ne_recevez tous_les_cas veuillez_considérer
        """,
        "past": """
            à_l'époque année_dernière il_y_a_quelques il_y_a_un_an l'an_dernier l'année_dernière
            l'année_passée mois_dernier par_le_passé précédemment semaine_dernière
        """,
    },
    "es": {
        "regret": """
            con_pesar decepción decepcionante desafortunadamente desgraciadamente infortunadamente
            lamentablemente lamentamos lamentamos_informar* lamentándolo lamento lástima lo_sentimos
            lo_siento mala_noticia malas_noticias no_es_la_noticia no_es_la_respuesta
            no_son_las_noticias no_tenemos_buenas nuestro_pesar por_desgracia qué_pena sentimos
            siento_comunicar* siento_decir* siento_tener una_lástima una_pena
        """,
        "refusal": """
            decidido_no decidimos_no decisión_de_no decisión_negativa denegación denegad* descartad*
            descartar* descartó desestim* desfavorable es_un_no fuera_del_proceso imposibilidad negativa
            negativamente no_avanza no_avanzar no_avanzará no_avanzarás no_avanzaremos no_avanzas
            no_avanzaste no_avanzó no_considerar* no_contar no_contaremos no_continúa no_continuar
            no_continuar_con no_continuará no_continuarás no_continuaremos no_continúas no_contratar*
            no_cumple no_cumples no_encaja no_encajas no_encaje no_es_posible no_está_entre
            no_estás_entre no_favorable no_figura no_forma_parte no_formará no_formas_parte
            no_fue_elegid* no_fue_posible no_fue_seleccionad* no_fuiste no_ha_pasado no_ha_quedado
            no_ha_resultado no_ha_sido no_ha_sido_posible no_ha_superado no_has_pasado no_has_quedado
            no_has_resultado no_has_sido no_has_superado no_haya_sido no_hayas_sido no_hemos_podido
            no_hemos_seleccionado no_incluir* no_incorporar* no_le_hemos no_le_podemos no_pasas
            no_pasaste no_pasó no_podemos no_podemos_ofrecer* no_poder no_poder_ofrecer* no_podremos
            no_proceder no_procederemos no_prosper* no_puedo_ofrecer* no_quedas no_quedaste no_quedó
            no_resultaste no_resultó no_reúne no_salió no_se_adapta no_se_adecua no_se_ajusta
            no_se_encuentra_entre no_seguir no_seguir_adelante no_seguirá no_seguirás no_seguiremos
            no_será_posible no_sigue no_supera no_superaste no_superó no_te_hemos no_te_podemos
            no_te_vamos no_vamos_a optado_por_no que_no_ha que_no_has rechaz* respuesta_negativa
            ser_un_no
        """,
        "others": """
            alguien_con alguien_más avanzar_con_otr* candidata_interna candidata_que candidato_interno
            candidato_que candidatos_cuyo* candidatos_que candidaturas_que continuar_con_otr*
            contratado_a cuya_experiencia cuya_trayectoria cuyo_perfil cuyos_perfiles decantado_por
            elegido_a_otr* encaja_más encaja_mejor encajaba_mejor encajaban_mejor encajan_mejor
            escogido_a_otr* hemos_optado_por más_acorde más_acordes más_adecuad* más_afín más_afines
            más_alineada más_alineado más_alineados más_cercano más_cercanos más_experiencia más_idóne*
            más_se_acerca* más_se_adecua* más_se_ajusta* mayor_experiencia nos_decantamos
            optado_por_otr* optamos_por otra_candidata otra_candidatura otra_opción otra_persona
            otras_candidatas otras_candidaturas otras_personas otro_aspirante otro_candidato otro_perfil
            otro_postulante otros_aspirantes otros_candidatos otros_perfiles otros_postulantes
            perfil_más perfiles_más perfiles_que persona_cuyo personas_cuyo promoción_interna
            promoción_interno se_adapta_más se_adapta_mejor se_adaptan_mejor se_adecua_más
            se_adecua_mejor se_ajusta_más se_ajusta_mejor se_ajustaba_más se_ajustaba_mejor
            se_ajustan_más se_ajustan_mejor se_aproxima_más seguir_adelante_con_otr* seguir_con_otr*
            seleccionado_a_otr*
        """,
        "filled": """
            búsqueda_cerrada cancelado_el_proceso cancelado_la_vacante cubierta cubiertas cubierto
            desierta desierto_el fue_cancelad* ha_sido_cancelad* ha_sido_ocupad* ninguna_vacante
            no_buscamos no_contamos_con_vacantes no_contratamos no_disponemos_de no_está_disponible
            no_estamos_buscando no_estamos_contratando no_hay_plazas no_hay_vacantes no_tenemos_puestos
            no_tenemos_vacantes proceso_cerrado proceso_finalizado puesto_cerrado se_canceló se_cerró
            se_cubrió se_ha_cancelado se_ha_cerrado se_ha_cubierto sin_vacantes vacante_cerrada
            ya_no_está ya_no_se_encuentra ya_ocupad*
        """,
        "hold": """
            aplaza aplazada aplazado aplazamiento aplazamos aplazar aprobación_presupuestaria
            aún_no_está aún_no_hemos aún_no_se_ha aún_no_tenemos bolsa_de_candidatos bolsa_de_empleo
            bolsa_de_reserva bolsa_de_talento bolsa_de_trabajo congelación congelada congelado congelar
            de_momento decisión_definitiva decisión_final del_presupuesto demora demorado demorando
            demoras en_caso_de_renuncia en_el_aire en_espera en_pausa en_reserva en_stand_by en_suspenso
            finalista finalistas informado_de_cualquier le_avisaremos lista_de_espera lista_de_reserva
            mantendré_informad* mantendremos_al_tanto mantendremos_informad* mantener_informad*
            más_de_lo_esperado más_de_lo_previsto más_tiempo_de_lo más_tiempo_del no_es_un_no
            no_es_un_rechazo no_hemos_tomado_una nuevo_aviso paciencia paralizada paralizado pausada
            pausado pausar pendiente_de pendientes_de por_el_momento posponer pospuesta pospuesto
            postergada postergado postergar reactivar reactivemos reanudar reanude reanudemos retomar
            retomaremos retomemos retrasada retrasado retrasando retraso retrasos se_reactive
            seguimos_en_proceso seguimos_entrevistando seguimos_valorando segunda_opción
            segunda_posición segundo_lugar si_el_primer sigue_abierto sigue_en_curso sin_decisión
            suplente suplentes suspendida suspendido te_avisaremos te_aviso_en todavía_no_hemos
            todavía_no_se_ha todavía_no_tenemos
        """,
        "wishes": """
            búsqueda_de_empleo búsqueda_laboral búsqueda_profesional camino_profesional
            carrera_profesional desarrollo_profesional deseamos_lo_mejor deseamos_mucho deseándole
            deseándote éxito_en éxitos_en éxitos_profesionales futuro_profesional futuros_proyectos
            le_deseamos le_deseo les_deseamos lo_mejor_en mejor_de_las_suertes mucha_suerte mucho_éxito
            muchos_éxitos próximos_proyectos proyectos_futuros su_búsqueda suerte_con suerte_en
            te_deseamos te_deseo todo_el_éxito todo_lo_mejor trayectoria_profesional tu_búsqueda
        """,
        "on_file": """
            banco_de_talentos base_de_datos conservamos conservar_su conservar_tu conservaremos
            futuras_búsquedas futuras_convocatorias futuras_oportunidades futuras_posiciones
            futuras_vacantes futuros_procesos guardamos guardaremos le_animamos le_invitamos_a_seguir
            mantendremos_su mantendremos_tu mantener_tu otras_ofertas otras_oportunidades otras_vacantes
            otros_procesos postular_de_nuevo postular_nuevamente próximas_oportunidades
            próximas_vacantes próximos_procesos te_animamos te_invitamos_a_seguir tendremos_en_cuenta
            tendremos_presente tenerle_en_cuenta tenerte_en_cuenta volver_a_inscribir*
            volver_a_postular* volver_a_presentar* vuelvas_a_postular* vuelve_a_postular*
        """,
        "application": """
            aspirante aspirantes candidata candidatas candidato candidatos candidatura candidaturas
            carta_de_presentación currículum_vitae hoja_de_vida inscribirte inscrita inscrito
            postulación postulaciones postulado postulante postulantes postular postularse postularte
            postulaste solicitud solicitudes su_currículum su_cv su_interés su_perfil tu_currículum
            tu_cv tu_interés tu_perfil
        """,
        "post": """
            al_cargo cargo_de convocatoria del_cargo el_cargo empleador empleo empleos la_plaza
            oferta_de_empleo oferta_de_trabajo oferta_laboral pasantía pasantías plazas_disponibles
            plazas_vacantes posición prácticas puesto puestos trabajo una_plaza vacante vacantes
        """,
        "hiring": """
            atracción_de_talento comité_de_selección contratación departamento_de_personal
            equipo_de_talento gestión_de_talento gestión_del_talento proceso_selectivo reclutador*
            reclutamiento recursos_humanos rrhh selección talento_humano
        """,
        "review": """
            alto_número alto_volumen con_atención con_detalle con_detenimiento cuidadosa cuidadosamente
            cuidadoso decisión_difícil después_de_analizar después_de_evaluar después_de_revisar
            después_de_valorar detenidamente difícil_decisión elevado_número exhaustiva exhaustivo
            gran_cantidad gran_número hemos_analizado hemos_decidido hemos_evaluado hemos_revisado
            hemos_valorado luego_de_analizar luego_de_evaluar luego_de_revisar luego_de_una minuciosa
            minucioso muchas_candidaturas no_fue_fácil no_ha_sido_fácil numerosas_candidaturas
            tras_analizar tras_estudiar tras_evaluar tras_haber tras_revisar tras_una tras_valorar
        """,
        "arrived": """
            a_la_brevedad acusamos_recibo acuse_de_recibo con_éxito confirmación_de_recepción
            confirmamos_la_recepción correctamente en_breve en_revisión enviada_correctamente
            estamos_evaluando estamos_revisando evaluaremos fue_recibida gracias_por_aplicar
            gracias_por_enviar* gracias_por_inscribir* gracias_por_postular* ha_llegado_correctamente
            hemos_recibido hemos_registrado le_contactaremos nos_comunicaremos nos_contactaremos
            nos_ha_llegado nos_pondremos_en pondremos_en_contacto próximos_pasos recepción_de
            recibido_correctamente recibido_su recibido_tu recibimos_su recibimos_tu
            registrada_correctamente revisará revisaremos se_ha_registrado será_evaluada será_revisada
            será_valorada sido_recibid* siguientes_pasos te_contactaremos valoraremos
        """,
        "invitation": """
            agenda_una agendamos agendar cita citarle citarte concertar conocerla conocerle conocerlo
            conocerte convocarle convocarte disponibilidad entrevista entrevistarle entrevistarte
            entrevistas franja franjas horaria invitarla invitarle invitarlo invitarte llamada
            próxima_etapa próxima_fase quedar_contigo reagendar reprogramar segunda_entrevista
            siguiente_etapa siguiente_fase siguiente_ronda una_reunión videoconferencia videollamada
            viene_bien
        """,
        "test": """
            antecedentes_penales caso_práctico cuestionario desafío ejercicio ejercicios entregar
            evaluación fecha_límite muestra_de plazo prueba prueba_técnica pruebas psicométric*
            psicotécnic* referencias_laborales reto_técnico
        """,
        "offer": """
            alegra_ofrecer* bienvenida bienvenido bruto_anual brutos carta_de_oferta carta_oferta
            complace_ofrecer* contrato contrato_de_trabajo contrato_laboral encantados_de_ofrecer*
            enhorabuena fecha_de_incorporación fecha_de_inicio felicidades felicitaciones firma_del
            firmada firmado firmar incorporación incorporarte oferta_económica oferta_formal
            ofrecerle_el_puesto ofrecerte_el_puesto periodo_de_prueba período_de_prueba placer_ofrecer*
            primer_día queremos_ofrecer* remuneración retribución salario sueldo
        """,
        "outreach": """
            abierta_a abierto_a buscamos cazatalentos encontré_tu_perfil estamos_buscando
            estarías_abiert* estás_abiert* estoy_buscando gran_oportunidad le_interesaría
            me_gustaría_comentar* mi_cliente nuestro_cliente nuestros_clientes nuevas_oportunidades
            nuevo_reto nuevos_retos oportunidad oportunidad_profesional su_perfil_en te_interesa
            te_interesaría tu_perfil_en vi_tu_perfil visto_tu_perfil
        """,
        "alert": """
            alerta alerta_de_empleo alertas aplica_ahora aplicar_ahora búsqueda_guardada empleos_en
            empleos_para empleos_recomendados inscríbete nuevas_ofertas nuevos_empleos ofertas_de_empleo
            ofertas_de_trabajo ofertas_del_día ofertas_para ofertas_que ofertas_recomendadas
            ofertas_similares postular_ahora postúlate vacantes_para ver_empleo ver_empleos ver_oferta
            ver_ofertas ver_todas ver_todos
        """,
        "remarks": """
            áreas_de_mejora áreas_de_oportunidad aspectos_a_mejorar comentarios_sobre como_nos_pidió
            como_pediste como_solicitaste como_solicitó consejo consejos debilidades echamos_en_falta
            eché_en_falta fortalezas me_pediste mejorar mi_consejo nos_pediste nos_pidió nos_solicitaste
            nos_solicitó próxima_vez puntos_débiles puntos_fuertes puntuación reforzar retroalimentación
            su_presentación sus_respuestas tu_presentación tus_respuestas
        """,
        "withdrawal": """
            aceptado_otra aceptar_otra acepté_otra acepto adjunto_mi decidí declinar_la declinar_su
            declino desistir desisto he_aceptado he_decidido le_escribo les_escribo me_postulé
            me_postulo me_retiro mi_actual mi_candidatura mi_currículum mi_cv mi_empresa_actual
            mi_postulación mi_renuncia mi_solicitud otra_oferta rechazar_su_oferta renuncio
            retirada_de_mi retirar_mi retirarme retiro_mi
        """,
        "housing": """
            alquilar alquiler alquileres apartamento apartamentos arrendador arrendamiento arrendataria
            arrendatario casera casero habitación inmobiliaria inmobiliario inquilina inquilino
            inquilinos piso pisos propietaria propietario propietarios vivienda viviendas
        """,
        "finance": """
            aseguradora crédito cuenta_bancaria el_banco entidad_bancaria hipoteca hipotecario impuesto
            impuestos indemnización pago pagos póliza prestación préstamo préstamos reembolso seguro_de
            siniestro su_banco su_seguro subsidio tarjeta transferencia tributaria tu_banco tu_seguro
        """,
        "study": """
            admisión alumna alumno alumnos beca becario becas certamen colegio concurso congreso
            de_máster doctorado editorial_y escolar escuela estudiante estudiantes guardería jurado
            la_editorial manuscrito máster_en matrícula ponencia ponencias premio premios revista
            subvención subvenciones tesis un_máster universidad universitario
        """,
        "purchase": """
            carrito compra comprar compras descuento descuentos devolución entradas envío_gratis factura
            facturas gastos_de_envío paquete pedido pedidos producto productos reclamación su_reserva
            suscripción tienda tu_reserva
        """,
        "newsletter": """
            boletín cancelar_suscripción dar_de_baja darme_de_baja darse_de_baja darte_de_baja
            esta_semana la_suscripción leer_más política_de_privacidad recibe_este recibes_este
            seguir_leyendo su_navegador suscriptor suscriptores todos_los_derechos tu_navegador
        """,
        "technical": """
            actualización archivo archivos código contraseña iniciar_sesión inicio_de_sesión página_web
            seguridad servidor servidores sitio_web usuario usuarios
        """,
        "advert": """
            aprovecha aprovéchate dinero gana_dinero ganador ganar_dinero gratuita gratuito haga_clic
            haz_clic oferta_especial oferta_limitada sin_compromiso sorteo
        """,
        "company_talk": """
            adjunto_el compañeros el_acta informe la_reunión orden_del_día presupuesto presupuestos
            proyecto trimestre
        """,
        "private": """
            abrazo abuela boda cena cumpleaños esta_noche familia fin_de_semana hijos mamá papá
            vacaciones
        """,
        "machine": """
            ausente de_vacaciones destinatario error_de_entrega estaré_ausente estoy_ausente
            fuera_de_la_oficina mensaje_automático no_responda no_responder no_se_ha_podido no_se_pudo
            respuesta_automática
        """,
        "condition": """
            considera_que considere_que de_no_recibir de_no_ser de_todas_formas de_todos_modos
            en_caso_contrario en_caso_de_no en_caso_de_que en_caso_de_ser en_cualquier_caso entender_que
            entienda_que si_avanza si_avanzas si_encaja si_eres si_no_ha_recibido si_no_has_recibido
            si_no_le si_no_recibe si_no_recibes si_no_te si_no_tiene si_no_tienes si_resulta
            si_su_candidatura si_su_perfil si_su_postulación si_tu_candidatura si_tu_perfil
            si_tu_postulación si_tu_solicitud solo_contactaremos sólo_contactaremos solo_los_candidatos
            sólo_los_candidatos solo_se_contactará sólo_se_contactará tanto_si únicamente_contactaremos
            únicamente_se
        """,
        "past": """
            año_pasado anteriormente en_el_pasado en_su_día en_su_momento hace_meses hace_tiempo
            hace_un_año hace_unos mes_pasado semana_pasada
        """,
    },
    "nl": {
        "regret": """
            balen erg_jammer geen_goed_nieuws helaas het_spijt is_jammer jammer_dat jammer_genoeg
            minder_goed_nieuws minder_leuk_nieuws niet_het_antwoord niet_het_nieuws slecht_nieuws spijt
            spijt_me spijt_ons spijten spijtig spijtige teleurgesteld teleurstell* teleurstelling
            tot_onze_spijt vervelend vervelende
        """,
        "refusal": """
            afgevallen afgewezen afvallen afwijs afwijz* afwijzen besloten_je_niet besloten_jouw
            besloten_niet besloten_om_niet besloten_u_niet geen_aanbod geen_gevolg geen_goede_match
            geen_match geen_plek_voor geen_positief geen_positieve geen_vervolg kandidatuur_niet
            keus_niet keuze_niet moet_ik_je moet_ik_u moeten_afwijzen moeten_we_je moeten_wij_u negatief
            negatief_antwoord negatieve niet_aan_te niet_aanbieden niet_aangenomen niet_aannemen
            niet_aansluit niet_aansluiten niet_bij_de_kandidaten niet_bij_ons niet_de_juiste
            niet_de_match niet_door_naar niet_door_te niet_doorgaan niet_doorgegaan niet_gehonoreerd
            niet_gekozen niet_gelukt niet_genoeg niet_geschikt niet_geselecteerd niet_gevallen
            niet_geworden niet_goed_aansluit niet_hebben_gekozen niet_honoreren niet_in_aanmerking
            niet_in_dienst niet_kiezen niet_kunnen_aanbieden niet_langer_in niet_mee_te_nemen
            niet_meegenomen niet_meenemen niet_op_gesprek niet_op_jou niet_op_te_nemen niet_op_u
            niet_overgaan niet_passend niet_past niet_tot_de niet_uit_te niet_uit_te_nodigen
            niet_uitgaan niet_uitgekozen niet_uitgenodigd niet_uitnodigen niet_verder niet_verder_gaan
            niet_verder_gaat niet_verder_in niet_verder_met niet_verder_te niet_verdergaan
            niet_vervolgen niet_voldoende niet_voldoet niet_volledig_aan niet_voor_jou niet_voor_u
            niet_voort_te niet_voortzetten niet_weerhouden onvoldoende past_niet sluit_niet sluiten_niet
            uw_kandidatuur_niet voldoe_niet voldoet_niet
        """,
        "others": """
            andere_kandidaat andere_kandidate andere_kandidatuur andere_profielen andere_sollicitant*
            beter_aansloot beter_aansloten beter_aansluit beter_aansluiten beter_bij beter_matchen
            beter_matcht beter_passen beter_passend beter_passende beter_past beter_paste beter_voldoen
            beter_voldoet betere_match de_voorkeur_gegeven een_ander_gekozen een_ander_profiel
            een_andere_kandidaat geschikter geschiktere iemand_anders iemand_met interne_kandidaat
            interne_kandidate kandidaat_die kandidaat_met kandidaat_wiens kandidaten_die kandidaten_met
            kandidaten_van_wie kandidaten_wier medekandida* medesollicitant* meer_aansluit
            meer_aansluiten meer_ervaring meer_geschikt meer_relevante met_andere_kandida*
            nauwer_aansluit nauwer_aansluiten profiel_beter sterker_profiel sterkere_kandida*
            voor_een_ander voor_iemand voorkeur_aan_andere voorkeur_aan_een
        """,
        "filled": """
            al_bezet al_ingevuld al_vervuld geen_behoefte geen_nieuwe_mensen geen_openstaande
            geen_plaats_voor geen_plek geen_vacature geen_vacatures ingetrokken_vacature ingevuld
            inmiddels_vervuld intern_ingevuld is_gesloten_en is_vervuld nemen_niemand niemand_aan
            niet_langer_beschikbaar niet_meer_beschikbaar niet_meer_open niet_meer_vacant reeds_ingevuld
            reeds_vervuld vacature_gesloten vacature_ingetrokken vacature_is_gesloten
            vacature_is_vervallen vacature_vervalt vervallen vervuld
        """,
        "hold": """
            aannamestop achter_de_hand afhaakt afhaken bevriezing bevroren budgetgoedkeuring
            definitief_besluit definitieve_beslissing doorgeschoven duurt_langer duurt_nog even_geduld
            geen_afwijzing geen_beslissing geen_besluit geen_nee gepauzeerd gepauzeerde
            goedkeuring_van_het hervat hervatten hervatting houden_je_op houden_u_op iets_langer
            in_de_wacht in_portefeuille je_geduld jouw_geduld langer_dan_gepland langer_dan_verwacht
            nader_bericht nader_order nog_andere_gesprekken nog_geen_beslissing nog_geen_besluit
            nog_geen_definitief nog_geen_definitieve nog_geen_keuze nog_gesprekken nog_in_de_race
            nog_in_de_running nog_niet_beslist nog_niet_besloten om_geduld on_hold_gezet op_de_hoogte
            op_de_hoogte_houden op_nummer_twee op_pauze opgeschort opgeschoven reservekandidaat
            reservekandidaten reservelijst stilgelegd talentenpool talentpool_van tot_nader_order
            tweede_keus tweede_keuze tweede_plaats tweede_plek uitgesteld uitstel uitstellen uw_geduld
            vacaturestop verschoven vertraagd vertraging vertragingen wachtlijst wat_langer
            weer_opstarten werfreserve wervingsreserve wervingsstop zich_terugtrekt zodra_er_meer
            zodra_het_budget
        """,
        "wishes": """
            alle_goeds het_allerbeste het_beste_voor je_toekomst je_zoektocht jouw_zoektocht succes_bij
            succes_gewenst succes_in succes_met toekomst_veel uw_toekomst uw_zoektocht veel_geluk
            veel_succes verdere_carriere verdere_loopbaan verdere_sollicitaties verdere_zoektocht
            vinden_van_een wens_je wens_jou wens_u wensen_je wensen_jou wensen_u zoektocht_naar
        """,
        "on_file": """
            andere_functie andere_functies andere_mogelijkheden andere_vacatures bewaren_je bewaren_uw
            bewaren_we cv_bewaren gegevens_bewaren houd_onze houden_je_gegevens in_ons_bestand
            in_onze_database in_portefeuille_te nieuwe_vacatures_in nogmaals_solliciteren nogmaals_te
            ons_bestand onze_talentpool onze_vacatures opnieuw_solliciteren opnieuw_te_solliciteren
            toekomst_een_vacature toekomstige_functies toekomstige_mogelijkheden toekomstige_rollen
            toekomstige_vacatures vacaturesite werken_bij_pagina
        """,
        "application": """
            gesolliciteerd je_belangstelling je_cv je_interesse je_motivatie jouw_belangstelling jouw_cv
            jouw_interesse kandidaat kandidaatstelling kandidatuur motivatiebrief sollicitant
            sollicitanten sollicitatie sollicitatie* sollicitatiebrief sollicitaties solliciteer
            solliciteerde solliciteert solliciteren uw_belangstelling uw_cv uw_interesse uw_motivatie
        """,
        "post": """
            arbeidsplaats baan banen betrekking_van bijbaan de_rol_van de_stage een_stage functie
            functies je_stage leerwerkplek openstaande stageplaats stageplek stagiair stagiaire
            traineeship_bij uw_stage vacature vacatures werkgever werkgevers werkplek
        """,
        "hiring": """
            benoemingsadviescommissie briefselectie hr_afdeling personeelsafdeling personeelszaken
            recruitmentteam selectie selectiecommissie selectieprocedure selectieproces
            sollicitatiecommissie sollicitatieprocedure sollicitatieproces sollicitatieronde
            voorselectie werving wervingsproces wervingsteam
        """,
        "review": """
            aandacht_gelezen afweging bekeken beoordeeld doorgenomen groot_aantal grote_aantal
            grote_hoeveelheid hebben_besloten hebben_we_besloten hebben_wij_besloten lastige_beslissing
            lastige_keuze met_aandacht met_veel_belangstelling met_veel_interesse moeilijke_beslissing
            moeilijke_keuze na_beoordeling na_bestudering na_het_bekijken na_het_lezen na_rijp
            na_zorgvuldige niet_eenvoudig niet_gemakkelijk niet_makkelijk overweging overwogen
            rijp_beraad ruime_overweging veel_reacties veel_sollicitaties vele_reacties zorgvuldig*
            zorgvuldige_afweging
        """,
        "arrived": """
            bedankt_voor_het_solliciteren bedankt_voor_je_sollicitatie bedankt_voor_uw_sollicitatie
            bekijken_je bekijken_uw beoordelen_je beoordelen_uw bericht_van_ons bevestigen_de
            bevestigen_wij binnengekomen dank_voor_je_sollicitatie dank_voor_uw_sollicitatie
            goed_ontvangen hoor_je hoor_van hoort_u hoort_van in_behandeling in_goede_orde is_binnen
            laten_je_weten laten_u_weten nemen_contact ontvangen ontvangst ontvangstbevestiging
            reactie_van_ons spoedig succesvol_ontvangen succesvol_verzonden verdere_stappen
            volgende_stappen wordt_bekeken wordt_beoordeeld zo_snel_mogelijk zo_spoedig_mogelijk
        """,
        "invitation": """
            afspraak afspraak_maken arbeidsvoorwaardengesprek_op beeldbellen bellen_met beschikbaar_op
            beschikbaarheid gesprek gesprekken in_te_plannen ingepland inplannen inplant kennis_maken
            kennis_met_je kennis_te_maken kennismaken kennismaking kennismakingsgesprek
            kennismakingsgesprekken komt_het_je_uit langs_te_komen langskomen meeloopdag meelopen
            nodig_je nodigen_je nodigen_u plannen_we proefdag schikt sollicitatiegesprek*
            telefonisch_gesprek telefonisch_interview telefoongesprek tijdslot tijdsloten tijdstip
            tweede_gesprek tweede_ronde uit_te_nodigen uitgenodigd uitnodigen uitnodiging verplaatst
            verzetten videobellen videogesprek volgende_ronde wanneer_je_kunt
        """,
        "test": """
            assessmentbureau beoordelingsformulier capaciteitentest casus de_opdracht inleveren oefening
            opdracht opdrachten persoonlijkheidstest praktijkopdracht proef proefles proefopdracht
            referentie referenties rollenspel schrijfopdracht toets toetsen uiterlijk verklaring_omtrent
            vog vragenlijst werkvoorbeeld
        """,
        "offer": """
            aan_te_bieden aanbieden_te aanbod aangenomen aanstelling arbeidscontract arbeidsovereenkomst
            arbeidsvoorwaarden bieden_je bieden_u blij_je_te bruto_per contractvoorstel eerste_werkdag
            gefeliciteerd getekend in_dienst_te indiensttreding ingangsdatum je_contract keuze_op_jou
            onderteken ondertekend ondertekenen ons_aanbod proeftijd proficiat salaris salarisschaal
            startdatum tekenen uw_contract verheugd voor_jou_gekozen voor_u_gekozen welkom welkom_bij
        """,
        "outreach": """
            ben_ik_op_zoek ben_op_zoek geinteresseerd_in geïnteresseerd_in heb_je_interesse
            heeft_u_interesse interesse_in je_profiel jouw_profiel koffie kort_telefonisch kwam_ik
            kwam_je_profiel mijn_klant mijn_opdrachtgever mooie_kans namens_een nieuwe_uitdaging
            onze_klant onze_opdrachtgever op_linkedin open_voor sta_je_open staat_u_open uitdaging
            uw_profiel vrijblijvend vrijblijvende we_zoeken wij_zoeken zijn_op_zoek zijn_wij_op_zoek
            zou_je_open
        """,
        "alert": """
            aanbevolen aanbevolen_vacatures banen_in banen_voor bekijk_alle bekijk_de_vacature
            bekijk_vacature bekijk_vacatures dagen_geleden direct_solliciteren jobalerts nieuwe_banen
            nieuwe_vacature nieuwe_vacatures opgeslagen_zoekopdracht passende_vacatures
            solliciteer_direct solliciteer_nu vacaturemail vacatures_die vacatures_in vacatures_voor
            vergelijkbare_vacatures zoekopdracht
        """,
        "remarks": """
            aandachtspunten advies gevraagd_om je_antwoorden je_presentatie je_vroeg jouw_antwoorden
            mijn_advies minpunten ontwikkelpunten op_je_verzoek op_jouw_verzoek op_uw_verzoek pluspunten
            sterke_punten terugkoppeling toelichting u_vroeg uw_antwoorden uw_presentatie verbeteren
            verbeterpunten volgende_keer vroeg_om
        """,
        "withdrawal": """
            aanbod_geaccepteerd accepteer_ik ander_aanbod andere_aanbieding andere_baan_geaccepteerd
            bedank_ik_voor heb_ik_besloten hierbij_solliciteer ik_accepteer ik_heb_besloten
            ik_heb_gesolliciteerd ik_schrijf ik_solliciteer ik_zie_af in_te_trekken intrekken mijn_cv
            mijn_huidige mijn_kandidatuur mijn_motivatie mijn_ontslag mijn_opzegtermijn
            mijn_sollicitatie mijn_werkgever solliciteer_ik terugtrekken trek_ik_mijn trek_me_terug
            trek_mijn zie_ik_af
        """,
        "housing": """
            appartement_aan bezichtigen bezichtiging hospiteeravond hospiteren huren huur huurcontract
            huurder huurders huurovereenkomst huurwoning huurwoningen hypotheek kamer kamers makelaar
            makelaars verhuren verhuur verhuurder volkstuin woning woningcorporatie woningen
        """,
        "finance": """
            aanvraag bankrekening belasting belastingdienst betaling betalingen bezwaar incasso krediet
            kredietaanvraag lening leningen overschrijving premie rekening rekeningnummer schadeclaim
            schademelding spaarrekening terugbetaling toeslag uitkering vergoeding verzekeraar
            verzekering verzekeringen zorgverzekering
        """,
        "study": """
            beurs bijdrage_aan congres cursus hogeschool inschrijving inzending inzendingen je_studie
            jurylid kinderopvang leerling leerlingen loting manuscript_niet onderzoeksvoorstel opleiding
            plaatsing prijs prijsvraag proefschrift promotieplek studie_aan studiebeurs subsidie
            subsidieaanvraag tijdschrift toelating uitgever uitgeverij universiteit uw_studie wedstrijd
        """,
        "purchase": """
            aankoop abonnement_op artikelen bestellen bestelling bestellingen bestelnummer bezorgd
            bezorging boeking facturen factuur kaartjes kassabon kopen korting kortingscode leverbaar
            levering pakket pakketje reservering retour_sturen retourneren retourzending webwinkel
            winkelwagen
        """,
        "newsletter": """
            abonnee abonnees afmelden alle_rechten deze_week je_browser lees_meer lees_verder meld_je_af
            nieuwsbrief ontvangt_deze privacybeleid privacyverklaring schrijf_je_uit uit_te_schrijven
            uitschrijven uw_browser voorkeuren
        """,
        "technical": """
            beveiliging bijwerken foutmelding gebruiker gebruikers inloggegevens inloggen onderhoud
            storing wachtwoord
        """,
        "advert": """
            aanbieding aanbiedingen bespaar geld_terug gratis_proberen klik_hier korting_op profiteer
            speciale_aanbieding vrijblijvend_aan winnaar winnen
        """,
        "company_talk": """
            agendapunt begroting bijlage_vind collega's kwartaal notulen offerte overleg ter_informatie
            vergadering verslag
        """,
        "private": """
            avondeten bruiloft familie_en feestje groetjes kinderen liefs vakantie vanavond verjaardag
            weekendje
        """,
        "machine": """
            afwezig afwezigheid afwezigheidsbericht automatisch_antwoord automatisch_bericht
            geadresseerde met_vakantie met_verlof niet_afgeleverd niet_beantwoorden niet_bezorgd
            niet_op_dit_bericht niet_worden_bezorgd onbestelbaar ontvanger
        """,
        "condition": """
            alleen_kandidaten alleen_met_kandidaten als_je_niet als_je_niets als_je_profiel
            als_jouw_profiel als_u_niet als_uw_profiel als_we_je als_wij_u er_dan_van_uit ervan_uit
            ervan_uitgaan ga_er_dan geen_bericht geen_reactie_hebt hoe_dan_ook in_beide_gevallen
            in_ieder_geval indien_je indien_jouw indien_u indien_uw mocht_je mocht_jouw mocht_u mocht_uw
            mochten_we mochten_wij niets_gehoord niets_hoort niets_van_ons uitsluitend_kandidaten
            wel_of_niet
        """,
        "past": """
            afgelopen_jaar destijds eerder_dit_jaar in_het_verleden jaar_geleden jaren_geleden
            maanden_geleden vorig_jaar vorige_maand vorige_week
        """,
    },
    "pt": {
        "regret": """
            com_muita_pena com_pesar decepção decepcionante desafortunadamente desapontamento desapontar
            desculpe_mas desilusão é_pena frustrante infelizmente lamentamos lamentamos_informar*
            lamentavelmente lamento lastimamos lastimável má_notícia más_notícias não_é_a_notícia
            não_é_a_resposta não_são_as_notícias não_temos_boas pena_que pesar_que sentimos_informar*
            sentimos_muito sinto_muito
        """,
        "refusal": """
            de_que_não decidido_não decidimos_não decisão_de_não decisão_negativa descartad*
            desclassificad* desfavorável é_um_não eliminad* encerramos_sua encerrar_a_sua encerrar_o_teu
            encerrar_sua impossibilidade indeferid* não_aprovad* não_atende não_atendeu não_avança
            não_avançar não_avançará não_avançaremos não_avançaste não_avançou não_classificad*
            não_conseguimos não_conseguiremos não_considerar não_continua não_continuar não_continuará
            não_continuaremos não_contratar não_contrataremos não_corresponde não_corresponder
            não_cumpre não_dar_continuidade não_dar_seguimento não_daremos não_deu_certo não_é_possível
            não_está_entre não_estás_entre não_fará_parte não_faz_parte não_fazes_parte não_ficaste
            não_ficou não_figura não_foi_a_escolhid* não_foi_aceita não_foi_aceite não_foi_aprovad*
            não_foi_dessa não_foi_desta não_foi_escolhid* não_foi_possível não_foi_seleccionad*
            não_foi_selecionad* não_foste não_irá não_iremos não_lhe_podemos não_obteve não_obtiveste
            não_passaste não_passou não_podemos não_podemos_oferecer não_poderemos não_podermos
            não_prossegue não_prosseguir não_prosseguirá não_prosseguiremos não_prosseguiu não_recair
            não_recaiu não_resultou não_reúne não_rolou não_se_adequa não_se_ajusta não_se_encaixa
            não_se_enquadra não_segue não_seguir não_seguir_com não_seguirá não_seguiremos não_seguiu
            não_seleccionad* não_selecionad* não_será_possível não_será_selecionad* não_sido
            não_te_podemos não_temos_como não_ter_sido não_terem_sido não_vamos não_vamos_avançar
            não_vamos_seguir negativa negativamente negativo optado_por_não optamos_por_não
            optámos_por_não recusa recusad* recusamos recusámos recusar* recusou rejeit* reprovação
            reprovad* resposta_negativa ser_um_não um_não_desta
        """,
        "others": """
            alguém_com alguém_que aproveitamento_interno avançar_com_outr* candidata_com
            candidata_interna candidata_que candidato_com candidato_cuj* candidato_interno candidato_que
            candidatos_com candidatos_cuj* candidatos_que candidaturas_que continuar_com_outr*
            corresponde_melhor correspondem_melhor cuja_experiência cujas_competências cujo_perfil
            cujos_perfis escolha_recaiu escolhemos_outr* maior_experiência mais_adequad* mais_aderente
            mais_aderentes mais_ajustad* mais_alinhad* mais_experiência mais_experiente mais_próxim*
            melhor_corresponde* melhor_se_adequa* melhor_se_ajusta* melhor_se_enquadra* noutra_candidata
            noutra_pessoa noutro_candidato optamos_por_outr* optámos_por_outr* optamos_por_um*
            outra_candidata outra_candidatura outra_opção outra_pessoa outra_profissional
            outras_candidatas outras_candidaturas outras_pessoas outro_candidato outro_perfil
            outro_profissional outros_candidatos outros_perfis outros_profissionais perfil_mais
            perfis_mais perfis_que pessoas_cuj* profissional_com prosseguir_com_outr* recaiu_noutr*
            recaiu_sobre se_adequa_melhor se_adequam_melhor se_adequava_melhor se_ajusta_melhor
            se_ajustam_melhor se_aproxima_mais se_aproximam_mais se_encaixa_melhor se_encaixam_melhor
            se_enquadra_melhor se_enquadram_melhor seguir_com_outr*
        """,
        "filled": """
            cancelamento_da_vaga concurso_ficou_deserto está_preenchida extinta foi_cancelad*
            foi_encerrad* foi_ocupad* foi_preenchid* foi_preenchida já_foi_fechad* já_foi_preenchid*
            já_não_está já_ocupad* não_dispomos não_está_disponível não_está_mais
            não_estamos_a_contratar não_estamos_a_recrutar não_estamos_com_vagas não_estamos_contratando
            não_estamos_recrutando não_há_vagas não_temos_vagas nenhuma_vaga posição_preenchida
            preenchida preenchido_internamente processo_cancelado processo_encerrado sem_vagas
            vaga_cancelada vaga_encerrada vaga_fechada vaga_foi_encerrada vaga_suspensa_definitivamente
        """,
        "hold": """
            adiada adiado adiamento adiamos adiar aguardamos_a aguardando_aprovação aguardar_mais
            ainda_estamos ainda_não_decidimos ainda_não_foi ainda_não_há ainda_não_temos
            ainda_não_tomámos ainda_não_tomamos aprovação_do_orçamento aprovação_orçamental
            aprovação_orçamentária até_novo_aviso atrasada atrasado atraso atrasos avisamos avisaremos
            bolsa_de_recrutamento bolsa_de_reserva cadastro_de_reserva cadastro_reserva caso_o_primeiro
            congelada congeladas congelado congelamento congelar continua_em_aberto
            continuamos_a_avaliar de_momento decisão_definitiva decisão_final demora demorando demorar
            desistência em_aberto em_caso_de_desistência em_espera em_pausa em_reserva em_stand_by
            finalista finalistas lista_de_espera lista_de_reserva mais_do_que_o_previsto
            mais_tempo_do_que mais_tempo_que mantê_la_informad* mantê_lo_informad* manter_te_informad*
            manteremos_informad* não_é_um_não não_é_uma_recusa nenhuma_decisão novo_aviso
            orçamento_aprovado paciência pausada pausado pausamos pausar pendente pendentes por_enquanto
            por_ora prorrogada prorrogado reabertura reabrir retomada retomado retomar retomaremos
            retomarmos segunda_opção segunda_ordem segunda_posição segundo_lugar sem_decisão suplente
            suplentes suspender suspensa suspensão suspenso te_mantenho te_manteremos
        """,
        "wishes": """
            boa_sorte busca_de_emprego busca_por_emprego carreira_profissional desejamos desejamos_lhe
            desejamos_muito desejamos_sucesso desejamos_te desejo_lhe desejo_muito desejo_sucesso
            desejo_te felicidades_para futuro_profissional futuros_desafios futuros_projetos
            lhe_desejamos maior_sucesso maiores_sucessos melhores_felicidades muita_sorte muito_sucesso
            percurso_profissional procura_de_emprego projetos_futuros próximos_desafios
            próximos_passos_profissionais recolocação sua_busca sua_carreira sua_jornada sua_procura
            sucesso_em sucesso_na sucesso_no sucesso_nos sucesso_para sucesso_profissional te_desejamos
            todo_o_sucesso todo_sucesso trajetória_profissional tua_carreira tua_procura tudo_de_bom
        """,
        "on_file": """
            banco_de_candidatos banco_de_currículos banco_de_dados banco_de_talentos base_de_dados
            base_de_talentos candidatar_novamente candidatar_se_novamente encorajamo_lo fica_atent*
            fique_atent* fique_de_olho futuras_oportunidades futuras_vagas futuros_processos
            futuros_recrutamentos guardamos guardaremos incentivamos manter_o_seu manter_seu manter_sua
            manteremos_o_seu manteremos_o_teu manteremos_seu manteremos_sua novas_candidaturas
            novas_oportunidades oportunidades_futuras outras_oportunidades outras_posições outras_vagas
            outros_processos processos_futuros próximas_oportunidades próximas_vagas próximos_processos
            recrutamentos_futuros se_candidatar_novamente vagas_futuras voltar_a_candidatar
            voltar_a_concorrer volte_a_candidatar voltes_a_candidatar
        """,
        "application": """
            candidata candidatar candidatas candidataste candidato candidatos candidatou candidatura
            candidaturas carta_de_apresentação carta_de_motivação currículo currículos inscrição_na_vaga
            inscrição_para_a_vaga se_inscreveu seu_currículo seu_cv seu_interesse seu_perfil
            teu_currículo teu_cv teu_interesse teu_perfil
        """,
        "post": """
            anúncio_de_emprego ao_cargo cargo_de do_cargo empregador emprego empregos estagiária
            estagiário estágio estágios função jovem_aprendiz o_cargo oferta_de_emprego
            oportunidade_de_emprego posição posto_de_trabalho trabalho vaga vaga_de vaga_para vagas
        """,
        "hiring": """
            aquisição_de_talentos atração_de_talentos contratação de_rh departamento_pessoal do_rh
            entrevistada entrevistado equipa_de_talento equipa_rh equipe_de_recrutamento
            equipe_de_talentos equipe_rh gente_e_gestão gestão_de_pessoas júri_do_concurso o_rh
            processo_de_recrutamento processo_de_seleção processo_seletivo recrutador recrutadora
            recrutadores recrutamento recursos_humanos seleção
        """,
        "review": """
            alto_volume analisámos analisamos análise_atenta após_a_análise após_analisar após_análise
            após_avaliação após_avaliar após_criteriosa após_cuidadosa após_ponderação após_uma_análise
            atenta_análise avaliámos com_atenção com_cuidado com_detalhe criteriosa criteriosamente
            cuidadosa cuidadosamente decidimos decisão_difícil detalhadamente difícil_decisão
            elevado_número escolha_difícil grande_número grande_volume inúmeras_candidaturas minuciosa
            muitas_candidaturas não_foi_fácil ponderação tomámos_a_decisão tomamos_a_decisão
        """,
        "arrived": """
            acusamos_a_receção acusamos_o_recebimento agradecemos_a_sua_candidatura
            agradecemos_sua_candidatura analisaremos assim_que_possível avaliaremos brevemente
            com_sucesso confirmação_de confirmamos_a_receção confirmamos_a_recepção
            confirmamos_o_recebimento daremos_retorno daremos_um_retorno em_análise em_breve em_contacto
            em_contato entrará_em_contacto entrará_em_contato entraremos_em_contacto
            entraremos_em_contato estamos_a_analisar estamos_analisando foi_enviada foi_recebida
            foi_registada foi_registrada foi_submetida iremos_analisar obrigada_por_se_candidatar
            obrigado_por_enviar obrigado_por_se_candidatar próximas_etapas próximos_passos recebemos
            recebemos_a recebemos_sua recebida_com_sucesso recebido_com_sucesso recebimento_da
            recebimento_de receção_da retornaremos será_analisad* será_avaliad* vamos_analisar
        """,
        "invitation": """
            agendada agendamento agendar bate_papo chamada_de comparecer conhecê_la conhecê_lo
            conhecer_melhor conhecer_te conhecer_você conversa conversar convidá_la convidá_lo
            convidamos convidar convidar_te convidar_você convite dinâmica_de_grupo disponibilidade
            entrevista entrevistas gostaríamos_de_o gostaríamos_de_te horário horários marcar_entrevista
            marcar_um marcar_uma próxima_etapa próxima_fase próxima_ronda reagendada reagendar remarcar
            segunda_entrevista segunda_fase te_conhecer uma_reunião videochamada videoconferência
        """,
        "test": """
            antecedentes_criminais avaliação caso_prático desafio desafio_técnico entrega_do
            entregar_até estudo_de_caso exercício exercícios prazo prova_online prova_técnica
            psicométric* psicotécnic* questionário redação referências_profissionais registo_criminal
            teste teste_online teste_técnico testes
        """,
        "offer": """
            admissional assinada assinado assinar assinatura_do bem_vinda bem_vindo boas_vindas
            bruto_mensal brutos carta_oferta carta_proposta carteira_de_trabalho contrato
            contrato_de_trabalho data_de_admissão data_de_início foi_aprovada_para foi_aprovado_para
            integração nossa_proposta oferecer_a_vaga oferecer_a_você oferecer_lhe oferecer_te parabéns
            período_de_experiência período_experimental prazer_em_oferecer primeiro_dia
            proposta_de_emprego proposta_de_trabalho proposta_salarial remuneração salário seu_contrato
            sua_proposta temos_o_prazer vencimento
        """,
        "outreach": """
            aberta_a aberto_a buscamos consultora_de_recrutamento encontrei_o_seu encontrei_o_teu
            encontrei_seu_perfil está_abert* estamos_à_procura estamos_buscando estaria_abert*
            estarias_abert* estás_abert* estou_à_procura estou_buscando excelente_oportunidade
            faz_sentido_para meu_cliente nosso_cliente nova_oportunidade novo_desafio novos_desafios
            oportunidade oportunidade_profissional ótima_oportunidade perfil_no procuramos seu_perfil_no
            tem_interesse tens_interesse teria_interesse terias_interesse teu_perfil_no um_cliente
            vi_o_seu_perfil vi_o_teu_perfil vi_seu_perfil
        """,
        "alert": """
            alerta alerta_de_emprego alerta_de_vaga alerta_de_vagas alertas busca_salva candidata_te_já
            candidate_se candidate_se_agora empregos_em empregos_para nova_vaga novas_ofertas
            novas_vagas novos_empregos ofertas_de_emprego pesquisa_guardada recomendadas_para
            recomendados_para vagas_de vagas_do_dia vagas_em vagas_para vagas_que vagas_recomendadas
            vagas_semelhantes vagas_similares ver_oferta ver_ofertas ver_todas ver_todos ver_vaga
            ver_vagas
        """,
        "remarks": """
            comentários_sobre como_pediste como_pediu como_solicitado conforme_pedido
            conforme_solicitado conselho conselhos devolutiva dica dicas melhorar melhoria melhorias
            meu_conselho nos_pediu pontos_a_melhorar pontos_de_melhoria pontos_fortes pontos_fracos
            pontuação próxima_vez que_pediste que_pediu recomendamos_que reforçar retorno_sobre_a
            retorno_sobre_sua sentimos_falta sua_apresentação suas_respostas sugestão tua_apresentação
            tuas_respostas você_pediu
        """,
        "withdrawal": """
            aceitar_outra aceitei aceitei_outra aceito anexo_meu candidatei candidato_me decidi
            declinar_a declinar_da declino desistir desistir_do desisto escrevo me_candidatei
            me_candidato meu_atual meu_aviso meu_currículo meu_cv minha_atual minha_candidatura
            minha_demissão minha_empresa outra_oferta outra_proposta recusar_a_proposta recusar_a_sua
            retirar_a_minha retirar_minha retiro_a_minha retiro_minha segue_em_anexo_o_meu segue_meu
            venho_por_este venho_por_meio
        """,
        "housing": """
            alugar aluguel aluguer apartamento apartamentos arrendamento arrendar arrendatário
            contrato_de_locação fiador imobiliária imobiliário imóveis imóvel inquilina inquilino
            inquilinos moradia proprietária proprietário proprietários quarto senhorio
        """,
        "finance": """
            apólice banco_que benefício boleto cartão conta_bancária crédito empréstimo empréstimos
            fatura finanças financiamento fiscal_e hipoteca imposto impostos indemnização indenização
            pagamento pagamentos reembolso seguradora seguro_de seu_banco sinistro sua_conta subsídio
            transferência
        """,
        "study": """
            aluna aluno alunos bolsa_de_estudo bolsa_de_estudos bolsa_de_investigação bolsas
            comunicação_científica concurso_literário congresso creche_municipal do_curso doutorado
            doutoramento edital editora escola escolar estudante estudantes faculdade inscrição_no
            manuscrito matrícula mestrado o_curso parecer prémio prêmio revista submissão subvenção tese
            um_curso universidade vestibular
        """,
        "purchase": """
            assinatura bilhete bilhetes carrinho compra comprar compras desconto descontos devolução
            encomenda encomendas entrega fatura garantia ingresso ingressos loja pacote pedido pedidos
            produto produtos reclamação reserva_de sua_reserva
        """,
        "newsletter": """
            assinantes boletim cancelar_a_inscrição cancelar_a_subscrição cancelar_inscrição
            cancelar_subscrição descadastrar descadastre esta_semana leia_mais ler_mais
            política_de_privacidade preferências recebe_este recebeu_este saiba_mais seu_navegador
            subscritor todos_os_direitos
        """,
        "technical": """
            arquivo atualização código ficheiro ficheiros iniciar_sessão manutenção palavra_passe
            segurança senha servidor servidores usuário usuários utilizador utilizadores
        """,
        "advert": """
            aproveite clique_aqui dinheiro ganhar_dinheiro ganhe grátis gratuita gratuito
            oferta_especial por_tempo_limitado sem_compromisso sorteio vencedor
        """,
        "company_talk": """
            a_reunião ata_da colegas em_anexo orçamento ordem_de_trabalhos projeto relatório reunião_de
            trimestre
        """,
        "private": """
            abraço abraços aniversário avó beijo beijos casamento esta_noite família férias filhos
            fim_de_semana jantar mãe
        """,
        "machine": """
            ausente de_férias destinatário estarei_ausente falha_na_entrega fora_do_escritório
            mensagem_automática não_foi_entregue não_pôde_ser não_responda resposta_automática
        """,
        "condition": """
            apenas_candidatos apenas_os_candidatos apenas_serão ausência_de_resposta caso_a_sua
            caso_a_tua caso_avance caso_não caso_o_seu caso_o_teu caso_seja caso_seu caso_sua caso_você
            considerar_que considere_que de_qualquer_forma deve_considerar deverá_considerar
            em_qualquer_caso em_todo_o_caso independente_do independentemente_do na_ausência_de
            positiva_ou_negativa positivo_ou_negativo se_a_sua se_for se_não_for se_não_receber
            se_não_recebeu se_não_tiver se_o_seu_perfil se_o_teu_perfil se_seu_perfil se_sua
            só_contactaremos só_serão somente_candidatos somente_os_candidatos
        """,
        "past": """
            ano_passado anteriormente há_algum_tempo há_meses há_um_ano há_uns_meses mês_passado
            na_altura na_época no_passado semana_passada
        """,
    },
    "it": {
        "regret": """
            a_malincuore brutta_notizia brutte_notizie cattiva_notizia cattive_notizie ci_duole
            con_dispiacere deludente delusione dispiace dispiacere dispiaciut* duole malauguratamente
            non_è_la_notizia non_è_la_risposta non_sono_le_notizie peccato purtroppo rammaric* rincresc*
            sfortunatamente spiace spiacente spiacenti
        """,
        "refusal": """
            bocciat* decisione_di_non deciso_di_non declinare_la_sua declinare_la_tua di_no è_un_no
            esclus* esito_negativo esito_non_positivo esito_sfavorevole impossibilità negativa
            negativamente negativo non_abbiamo_potuto non_abbiamo_scelto non_abbiamo_selezionato
            non_andare_avanti non_andrà non_andremo non_assumer* non_assumere non_ce_l'hai
            non_ci_è_possibile non_considerare non_continuare non_continueremo non_convocar*
            non_corrisponde non_corrispondono non_dar_seguito non_dare_seguito non_daremo non_è_andata
            non_è_in_linea non_è_possibile non_è_rientrat* non_è_risultat* non_è_stata
            non_è_stata_accettata non_è_stata_accolta non_è_stata_scelta non_è_stata_selezionata
            non_è_stato non_è_stato_scelto non_è_stato_selezionato non_è_tra non_essere non_fa_parte
            non_fai_parte non_farà_parte non_favorevole non_ha_superato non_hai_superato non_idone*
            non_in_linea non_invitar* non_l'abbiamo non_passa non_passare non_passi non_possiamo
            non_possiamo_offrir* non_poter non_potere non_poterle non_poterti non_potrà non_potremo
            non_prendere non_prenderla non_prenderti non_procede non_procederà non_procedere
            non_procedere_oltre non_procederemo non_procediamo non_prosegue non_proseguiamo
            non_proseguirà non_proseguire non_proseguiremo non_rientra non_rientri non_risponde
            non_risulta non_ritenut* non_sarà_possibile non_sei_stat* non_sei_tra non_selezionat*
            non_siamo_in_grado non_soddisfa non_supera non_ti_abbiamo preferiamo_non preferito_non
            respint* rifiut* risposta_negativa scartat* scelto_di_non sfavorevole si_chiude_qui
            si_conclude_qui si_ferma un_no
        """,
        "others": """
            altra_candidata altra_candidatura altra_figura altra_persona altra_risorsa altre_candidate
            altre_candidature altre_figure altre_persone altre_risorse altri_candidati altri_profili
            altro_candidato altro_profilo andare_avanti_con_altr* caduta_su candidata_che candidata_con
            candidata_interna candidata_più candidati_che candidati_con candidati_il_cui candidati_più
            candidato_che candidato_con candidato_interno candidato_più candidature_che
            corrisponde_meglio corrispondono_meglio cui_esperienza cui_profilo i_cui_profili
            il_cui_profilo le_cui maggior_esperienza maggiore_esperienza maggiormente_in_linea
            maggiormente_rispond* meglio_corrispond* meglio_rispond* meglio_si optato_per orientarci
            orientata orientati orientato più_adatt* più_aderent* più_affin* più_attinent*
            più_esperienza più_espert* più_idone* più_in_linea più_vicin* preferito_un
            procedere_con_altr* procedere_con_un profili_che profili_più profilo_più
            proseguire_con_altr* proseguire_con_un qualcun'altro qualcun_altro qualcuno_con ricaduta_su
            risorsa_interna rispecchia_maggiormente risponde_meglio rispondeva_meglio rispondono_meglio
            scelto_un scelto_un'altra si_avvicina_di_più si_avvicinano_di_più siamo_orientat*
            un'altra_candidat* un'altra_figura un'altra_persona un'altra_risorsa
        """,
        "filled": """
            al_completo è_coperta è_stata_annullata è_stata_chiusa è_stata_coperta è_stato_annullato
            è_stato_chiuso già_assegnat* già_copert* già_occupat* nessun_posto nessuna_posizione
            nessuna_vacanza non_abbiamo_posizioni non_assumiamo non_cerchiamo non_ci_sono_posizioni
            non_è_più_aperta non_è_più_disponibile non_stiamo_assumendo non_stiamo_cercando più_aperta
            più_disponibile posizione_chiusa posizione_coperta posizione_è_chiusa posto_è_stato
            ricerca_annullata ricerca_chiusa selezione_annullata selezione_chiusa selezione_è_chiusa
            stata_assegnata stata_cancellata stata_coperta stata_ricoperta
        """,
        "hold": """
            al_momento_non ancora_aperta ancora_deciso ancora_in_corsa ancora_in_corso ancora_nessuna
            ancora_preso approvazione_budget approvazione_del approvazione_del_budget congelamento
            congelata congelate_le congelati congelato decisione_definitiva decisione_finale
            fino_a_nuovo graduatoria idoneo_non in_attesa in_caso_di_rinuncia in_pausa in_riserva
            in_sospeso in_stand_by la_aggiorneremo lista_d'attesa lista_di_attesa lista_di_riserva
            messo_in_pausa non_abbiamo_ancora non_è_ancora non_è_un_no non_è_un_rifiuto
            nuova_comunicazione nuovo_avviso pazientare pazienza per_il_momento per_ora più_a_lungo
            più_del_previsto più_tempo_del posticipare posticipat* riapertura riaprire riattivare
            rimandare rimandat* rinunci rinuncia_del rinunciasse rinviare rinviat* rinvio riprendere
            riprenderemo ripresa riserva ritardat* ritardi ritardo scorrimento seconda_posizione
            seconda_scelta secondo_posto slittamento slittat* sospendere sospensione sospesa sospeso
            sospeso_la stiamo_ancora tenerla_aggiornat* tenerti_aggiornat* tengo_aggiornat*
            terremo_aggiornat* terremo_informat* ti_aggiorneremo ti_aggiorno
        """,
        "wishes": """
            augurandole augurandoti auguri_per auguriamo buon_proseguimento buona_fortuna
            crescita_professionale futuri_progetti futuro_professionale grande_successo
            i_migliori_auguri il_meglio in_bocca in_bocca_al_lupo le_auguriamo le_auguro migliori_auguri
            ogni_successo percorso_professionale progetti_futuri prosieguo ricerca_del_lavoro
            ricerca_di_lavoro ricerca_di_un sua_carriera sua_ricerca successo_nel successo_nella
            successo_per tanta_fortuna tanto_successo ti_auguriamo ti_auguro tua_carriera tua_ricerca
            tutto_il_meglio
        """,
        "on_file": """
            a_candidarsi a_candidarti altre_opportunità altre_posizioni altre_selezioni banca_dati
            candidarsi_di_nuovo candidarsi_nuovamente candidarti_di_nuovo candidarti_nuovamente
            conservare_il conserveremo conserviamo database_aziendale future_opportunità
            future_posizioni future_ricerche future_selezioni nostri_archivi nostro_archivio
            nostro_database nuova_candidatura nuove_opportunità opportunità_future posizioni_future
            prossime_opportunità prossime_selezioni ricandidar* ricontattar* ricontatteremo
            tenere_in_considerazione tenerla_in tenerti_in terremo_conto terremo_il terremo_in
        """,
        "application": """
            autocandidatura candidarmi candidarsi candidarti candidata candidati candidato candidatura
            candidature curriculum_vitae il_curriculum interesse_dimostrato interesse_mostrato
            la_sua_candidatura la_tua_candidatura lettera_di_motivazione lettera_di_presentazione
            lettera_motivazionale suo_curriculum suo_cv suo_interesse suo_profilo tuo_curriculum tuo_cv
            tuo_interesse tuo_profilo
        """,
        "post": """
            annuncio apprendistato assunzione datore_di_lavoro impiego lavorativa lavoro mansione
            offerta_di_lavoro posizione posizione_aperta posizione_di posizione_lavorativa posizioni
            posto_di_lavoro posto_vacante ruolo ruolo_di stagista tirocinante tirocini tirocinio
        """,
        "hiring": """
            addetta_alla_selezione commissione_esaminatrice iter_di_selezione iter_selettivo
            percorso_di_selezione procedura_di_selezione processo_di_selezione processo_selettivo
            reclutamento reclutatore risorse_umane selezionatore selezionatori selezionatrice selezione
            selezioni ufficio_personale ufficio_selezione
        """,
        "review": """
            abbiamo_deciso abbiamo_esaminato abbiamo_valutato accurata accuratamente alto_numero
            approfondita attenta_analisi attenta_valutazione attentamente con_attenzione con_cura
            decisione_difficile difficile_decisione dopo_attenta dopo_aver_analizzato
            dopo_aver_esaminato dopo_aver_valutato dopo_un'attenta elevato_numero esaminato gran_numero
            grande_numero molte_candidature moltissime_candidature non_è_stata_facile non_è_stato_facile
            numerose_candidature numerosi_candidati ponderata riflessione scelta_difficile un'attenta
            valutato
        """,
        "arrived": """
            a_breve abbiamo_ricevuto al_più_presto avvenuta_ricezione ci_è_arrivata ci_metteremo
            con_successo conferma_di_ricezione confermiamo_di_aver confermiamo_l'avvenuta
            confermiamo_la_ricezione contatteremo correttamente è_arrivata_la esamineremo faremo_sapere
            grazie_per_aver_inoltrato grazie_per_aver_inviato grazie_per_esserti
            grazie_per_la_sua_candidatura grazie_per_la_tua_candidatura ho_ricevuto
            in_fase_di_valutazione in_valutazione inviata_correttamente la_contatteremo le_faremo_sapere
            presa_in_carico prossimi_passi prossimi_step quanto_prima ricevuta_correttamente ricevuto_la
            ricezione_della sarà_contattat* sarà_esaminat* sarà_presa sarà_valutat* sarai_contattat*
            stata_inviata stata_registrata stata_ricevuta stiamo_esaminando stiamo_valutando
            ti_contatteremo ti_faremo_sapere valuteremo verrà_esaminat* verrà_valutat*
        """,
        "invitation": """
            appuntamento chiacchierata colloqui colloquio colloquio_conoscitivo colloquio_telefonico
            conoscerci conoscerla conoscerti convocarla convocata convocati convocato convocazione
            disponibilità fasce_orarie fascia_oraria fase_successiva fissare fissare_un fissato
            giornata_di_prova incontrarci incontrarla incontrarti incontro invitarla invitarti l'invito
            la_invitiamo prenotare_uno prossima_fase prossimo_colloquio riprogrammare secondo_colloquio
            spostare_il sua_disponibilità telefonata ti_invitiamo tua_disponibilità un_colloquio
            videochiamata videocolloquio videoconferenza
        """,
        "test": """
            attitudinale casellario caso_di_studio caso_pratico compito consegna_del consegnare entro_il
            esercitazione esercizi esercizio la_prova minuti_per prova_pratica prova_scritta
            prova_tecnica prove_scritte psicoattitudinale questionario referenze scadenza simulazione
            test_attitudinale test_tecnico una_prova valutazione_tecnica
        """,
        "offer": """
            benvenut* complimenti congratulazioni contratto contratto_di_lavoro dare_il_benvenuto
            data_di_assunzione data_di_inizio felici_di_offrir* firmare firmata firmato inserimento
            la_nostra_offerta lettera_d'impegno lettera_di_assunzione lettera_di_impegno
            lieti_di_comunicar* lieti_di_offrir* lieti_di_proporr* lorda_annua lordi offerta_economica
            offrirle_il offrirle_la offrirti_il offrirti_la periodo_di_prova piacere_di_offrir*
            primo_giorno proposta_contrattuale proposta_di_assunzione proposta_economica retribuzione
            sottoscrivere stipendio
        """,
        "outreach": """
            azienda_cliente cacciatore_di_teste cambiamento_professionale cerchiamo cliente_che
            il_mio_cliente interessante_opportunità le_interesserebbe nostro_cliente nuova_opportunità
            nuova_sfida nuove_sfide opportunità opportunità_professionale ottima_opportunità ricerchiamo
            sarebbe_apert* sarebbe_interessat* saresti_apert* saresti_interessat* stiamo_cercando
            stiamo_selezionando sto_cercando suo_profilo_su ti_interessa ti_interesserebbe
            trovato_il_tuo tuo_profilo_su visto_il_suo_profilo visto_il_tuo_profilo
        """,
        "alert": """
            annunci_del_giorno annunci_di_lavoro annunci_per avvisi_di_lavoro avviso_di_lavoro
            candidati_ora candidati_subito candidatura_semplice consigliate_per consigliati_per
            lavori_consigliati lavori_per nuove_offerte nuovi_annunci offerte_che offerte_consigliate
            offerte_del_giorno offerte_di_lavoro offerte_per offerte_simili ricerca_salvata
            vedi_annuncio vedi_offerta vedi_offerte vedi_tutte vedi_tutti
        """,
        "remarks": """
            aree_di_miglioramento aveva_chiesto avevi_chiesto ci_ha_chiesto ci_hai_chiesto
            come_da_richiesta come_richiesto consigli consiglio costruttivo da_migliorare mi_ha_chiesto
            mi_hai_chiesto migliorare prossima_volta punteggio punti_deboli punti_di_debolezza
            punti_di_forza rafforzare riscontro_dettagliato riscontro_sul riscontro_sulla
            sua_presentazione sue_risposte suggerimenti suggerimento tua_presentazione tue_risposte
        """,
        "withdrawal": """
            accettare_un'altra accettato_un'altra accetto allego altra_offerta attuale_datore
            declinare_l'offerta declinare_la_vostra ho_accettato ho_deciso le_scrivo mi_candido
            mi_ero_candidat* mi_ritiro mi_sono_candidat* mia_attuale mia_candidatura mie_dimissioni
            mio_attuale mio_curriculum mio_cv mio_preavviso rifiutare_la_vostra rinuncio ritirare_la_mia
            ritirarmi ritiro_della_mia ritiro_la_mia scrivo_per un'altra_offerta vi_scrivo
        """,
        "housing": """
            affittare affitto alloggi alloggio appartamenti appartamento condominio immobile immobiliare
            inquilina inquilini inquilino l'appartamento la_stanza locatore locazione padrone_di_casa
            proprietari proprietaria proprietario_di stanza_singola una_stanza
        """,
        "finance": """
            agenzia_delle_entrate assicurativa assicurazione banca bonifico carta_di_credito
            conto_corrente domanda_di_prestito finanziamento imposta imposte indennità mutuo pagamenti
            pagamento polizza prestiti prestito rimborsi rimborso risarcimento sinistro suo_conto
        """,
        "study": """
            alunni alunno ammissione asilo_nido ateneo bando borsa_di_studio borse_di_studio
            casa_editrice concorso concorso_letterario contributo convegno corso_di_laurea dottorato
            giuria immatricolazione iscrizione l'università manoscritto premio premio_letterario
            revisori rivista scuola studente studenti tesi un_corso università
        """,
        "purchase": """
            abbonamento acquistare acquisti acquisto biglietti biglietto carrello consegna fattura
            fatture garanzia il_suo_ordine il_tuo_ordine negozio ordine ordini pacco prenotazione
            prodotti prodotto reclamo sconti sconto spedito spedizione
        """,
        "newsletter": """
            abbonati annulla_iscrizione annullare_l'iscrizione cancellare_l'iscrizione disiscriversi
            disiscriverti disiscriviti informativa_sulla_privacy iscritti leggi_di_più leggi_tutto
            nel_browser preferenze questa_settimana riceve_questa ricevi_questa ricevi_questo
            tutti_i_diritti
        """,
        "technical": """
            accedi accesso_al aggiornamento codice credenziali manutenzione sicurezza sito_web utente
            utenti
        """,
        "advert": """
            approfitta clicca_qui estrazione gratuita gratuitamente gratuito guadagna guadagnare
            offerta_limitata offerta_speciale senza_impegno soldi vincitore
        """,
        "company_talk": """
            colleghi il_verbale in_allegato ordine_del_giorno preventivo progetto relazione_trimestrale
            riunione trimestre
        """,
        "private": """
            abbraccio baci cena compleanno famiglia figli fine_settimana matrimonio nonna stasera
            vacanze
        """,
        "machine": """
            assente destinatario fuori_ufficio in_ferie mancata_consegna messaggio_automatico
            non_è_stato_recapitato non_rispondere risposta_automatica sarò_assente sono_assente
        """,
        "condition": """
            considerare_la_candidatura consideri da_considerarsi esclusivamente_i_candidati
            in_assenza_di in_caso_contrario in_caso_di in_entrambi_i_casi in_ogni_caso mancato_riscontro
            nel_caso_in_cui positiva_o_negativa positivo_o_negativo qualora qualora_il qualora_la
            saranno_contattati se_il_suo_profilo se_il_tuo_profilo se_la_sua_candidatura
            se_la_tua_candidatura se_non_avess* se_non_dovess* se_non_ha_ricevuto se_non_hai_ricevuto
            se_non_ricev* se_sarà se_sarai solo_i_candidati solo_i_profili soltanto_i_candidati
            verranno_contattati
        """,
        "past": """
            all'epoca anni_fa anno_scorso in_passato l'anno_scorso mese_scorso mesi_fa precedentemente
            settimana_scorsa tempo_fa un_anno_fa
        """,
    },
}
"""By language (ISO 639-1), then by idea."""
