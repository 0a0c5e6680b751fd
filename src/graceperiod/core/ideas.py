"""Ideas: what different words of several languages have in common, so that few letters teach many.

An idea is a feature like any other: the model weighs it, nothing is decided here. Words are written as
`text.key_of` has them; a `*` ends a word of which only the beginning counts.
"""

from dataclasses import dataclass
from typing import Final

_WORDS: Final = {
    "regret": """
        am_afraid bad_news bedauer* bedauerlicherweise bedaur* disappoint* enttaeusch* hard_news
        i'm_afraid i'm_sorry leider muessen_wir_ihnen must_inform_you not_the_news regret* regretfully
        regrettably sadly schade_dass schlechte_nachricht* schweren_herzens so_sorry sorry_to
        tut_mir_leid tut_uns_leid unfortunately unfortunatly unfortunetly very_sorry we're_afraid
        we're_sorry we_are_sorry weren't_able with_regret zu_meinem_bedauern
    """,
    "refusal": """
        abgelehnt abgesagt ablehn* absage* abschlaegig* absehen abzusagen application_is_rejected
        application_was_rejected been_declined been_rejected can't_offer can't_take_you
        cannot_consider cannot_offer cannot_proceed chosen_not_to dagegen_entschieden decided_against
        decided_not_to declined_your_application did_not_make didn't_get_the didn't_make
        elected_not_to gegen_dich_entschieden gegen_sie_entschieden have_not_been have_to_decline
        is_a_no it's_a_no kein_angebot keine_beruecksichtigung keine_passende keine_positive
        keine_zusage keinen_erfolg keinen_job keinen_platz keinen_positiven leider_keine leider_keinen
        leider_nicht longer_being_considered longer_under_consideration must_decline negativ
        nicht_anbieten nicht_anbieten_koennen nicht_auf_sie nicht_ausgewaehlt nicht_beruecksichtig*
        nicht_die_passende nicht_einladen nicht_entsprechen nicht_erfolgreich nicht_fuer_dich
        nicht_fuer_sie nicht_geklappt nicht_gepasst nicht_gereicht nicht_in_betracht nicht_in_die
        nicht_in_frage nicht_machen nicht_mehr_dabei nicht_mehr_im nicht_nehmen nicht_passt
        nicht_positiv nicht_weiter_beruecksichtig* nicht_weiter_bruecksichtigen nicht_weiter_im
        nicht_weiter_verfolg* nicht_weiterverfolg* nicht_zum_zug nicht_zusagen no_longer_being
        no_longer_considered no_longer_in_consideration not_a_fit not_a_match not_able_to_offer
        not_advance not_among_the not_among_those not_appointed not_be_able_to_offer not_be_advancing
        not_be_considered not_be_continuing not_be_extending not_be_inviting not_be_moving
        not_be_moving_forward not_be_offering not_be_proceeding not_be_progressed not_be_progressing
        not_be_pursuing not_be_selected not_be_shortlisted not_be_taking not_been_able not_been_chosen
        not_been_selected not_been_shortlisted not_been_successful not_being_considered not_chosen
        not_continue_with not_get_the not_going_to not_hiring not_in_a_position not_invited
        not_looking_for not_make_the not_meet_the not_move_forward not_moving_forward not_moving_your
        not_offer_you not_one_of_the not_pass not_proceed not_proceeding not_progress not_progressing
        not_pursue not_quite_right not_selected not_shortlisted not_successful not_taking_your
        not_the_right not_through_to not_to_advance not_to_continue not_to_go not_to_move
        not_to_proceed not_to_progress not_to_pursue not_to_take not_what_we're offer pass_on_your
        rejected_your_application rejection removed_from_consideration say_no saying_no turned_down
        unable_to_move unable_to_offer unable_to_proceed unable_to_progress unable_to_take
        unsuccessful was_not_selected wasn't_selected we_won't were_not_selected weren't_selected
        won't_be_moving won't_be_offering won't_be_progressing won't_be_taking
    """,
    "others": """
        align_more aligns_more andere_bewerb* andere_kandidat* andere_person andere_profile
        anderen_bewerb* anderen_kandidat* anderen_person anderen_personen anderen_profilen
        anderer_bewerb* anderer_kandidat* another_applicant another_applicant* another_candidate*
        another_person applicants_who applicants_whose besser_passen besser_passt better_aligned
        better_fit better_match better_suited bewerber_entschieden bewerberin_entschieden
        candidate_who candidate_whose candidates_who candidates_whose chosen_another chosen_someone
        closely_match* closer_fit closer_match different_candidate* einen_anderen_weg
        forward_with_other fuer_eine_andere fuer_einen_anderen fuer_jemand genommen go_with_another
        go_with_somebody going_with_another going_with_someone gone_to_another gone_with_somebody
        gone_with_someone internal_candidate jemand_anderem jemand_anderen jemand_anderes
        kandidaten_entschieden mitbewerb* more_closely more_experienced more_suitable naeher_an
        noch_besser offered_to_another other_applicant* other_applications other_candidate*
        other_finalist other_people other_person passgenau* proceed_with_other selected_another
        somebody_else someone_else staerker_entspr* stronger_candidate* stronger_fit stronger_match
        went_with_someone whose_background whose_experience whose_skills with_more_experience
    """,
    "filled": """
        already_filled anderweitig appointment_made been_appointed been_cancelled been_closed
        been_filled bereits_vergeben besetzt cancelled_the closed_the_position filled_internally
        filled_the_position filled_the_role filled_this gone_to has_been_filled is_filled jobs_gone
        kein_bedarf keine_stelle keine_stellen keinen_bedarf nicht_mehr_besetz* nicht_mehr_verfuegbar
        no_longer_available no_longer_hiring no_longer_open no_openings no_positions no_roles
        no_vacancies no_vacancy now_filled position_closed position_is_closed posts_have_been
        role_is_closed stelle_besetzt vacancy_is_closed vergeben was_filled
    """,
    "hold": """
        abeyance another_look auf_eis auf_platz ausgesetzt back_up backup bear_with bedenkzeit
        bewerberpool bis_auf_weiteres budget_approval can't_yet cannot_yet dauert_laenger dauert_noch
        decision decision_yet delay delayed eingefroren einstellungsstop einstellungsstopp
        eligible_list engere_wahl first_choice_accepts first_reserve freeze frei_wird frozen
        further_candidates further_notice gedulden haengepartie has_until hasn't_decided
        haushalt_freigegeben haushaltssperre have_to_wait haven't_decided hinhalt* hiring_freeze
        if_they_decline in_der_schwebe in_reserve in_the_running in_wartestellung is_frozen
        keep_in_touch keep_you_posted keep_you_warm longer_than_expected longer_than_planned made
        more_candidates nachrueck* next_in_line no_decision noch_geduld noch_keine_entscheidung
        noch_nicht_entschieden noch_offen not_a_no not_ready_to not_yet_decided not_yet_made on_hold
        on_ice once_the_budget other_candidates_to_see parked paused paused_the pausing
        pending_approval pending_budget platz_zwei postpone* postponed pushed_back pushed_to put_off
        put_on_hold reserve reserve_candidate reserve_list reserveliste resume_hiring resumes roster
        runner_up second_choice second_in_line second_place shortlist_reserve should_they_decline
        slower_than spaeter_als springerliste stellenstopp still_deciding still_waiting
        strong_contender suspended take_longer taking_longer talent-pool talent_community
        talent_network talent_pool talentpool talentpools until_further_notice verschiebt verschoben
        vertagt vertroesten verzoeger* verzoegerung vorgemerkt vormerken wait_list waiting_list
        waitlist* warmhalten warteliste* warten_noch when_it_reopens wieder_auf_sie_zu
        zu_einem_spaeteren zurueckgestellt zurueckgestellte* zweite_wahl zweiter_stelle
    """,
    "wishes": """
        all_the_best alles_gute beruflichen_weg* best_of_luck every_success future_career
        future_endeavo* good_luck job_search much_success success_in viel_erfolg viel_glueck
        weitere_zukunft weiteren_beruf* weiteren_weg* wish_you wuensche_dir wuensche_ihnen
        wuenschen_wir your_search zukunft_alles
    """,
    "on_file": """
        andere_stellen apply_again database encourage_you erneut_bewerben evidenz future_opening*
        future_opportunit* future_position* future_role* future_vacanc* kuenftige_stellen on_file
        other_openings other_opportunit* other_roles reapply weitere_stellen wieder_bewerben
    """,
    "application": """
        anschreiben applicant applicant* applicants application application_for application_to
        applications applied applying bewerber* bewerbung bewerbungen bewerbungs* beworben candidacy
        candidate candidates candidature cover_letter cv deine ihre_unterlagen interviewing
        job_application kandidat* lebenslauf resume the_application unterlagen your_application
        your_candidacy your_cv your_interest your_resume
    """,
    "post": """
        apprenticeship arbeitsstelle ausbildung ausbildungsplatz ausschreibung employer employment
        internship job jobs lehrstelle opening openings placement positions post praktikum
        praktikumsplatz req requisition role roles stelle stellen stellenausschreibung traineeprogramm
        traineeship vacancies vacancy volontariat werkstudent*
    """,
    "hiring": """
        auswahlkommission auswahlprozess auswahlverfahren besetzungsverfahren bewerbungsverfahren
        hiring hiring_manager hiring_team hr human_resources interviewed interviewing
        personalabteilung personalreferent* personalwesen recruiter recruiters recruiting recruitment
        selection_committee selection_process shortlist* stellenbesetzung talent_acquisition
    """,
    "review": """
        after_careful after_reviewing careful_consideration carefully_considered carefully_review
        carefully_reviewed difficult_decision eingehend* gruendlicher hard_decision have_decided
        have_reviewed high_volume large_number many_applications much_consideration nicht_leicht
        reiflicher sorgfaeltig* thorough_review tough_decision vielzahl we_have_reviewed zahlreiche*
    """,
    "arrived": """
        acknowledge* angekommen application_confirmation application_received application_submitted
        be_in_touch been_submitted bei_uns_angekommen bestaetigen_den bewerbung_erhalten bitten_um
        come_through confirm_receipt confirms_that currently_reviewing eingang eingangsbestaetigung
        eingegangen eingetroffen empfangsbestaetigung erhalten_haben etwas_geduld got_your
        gut_angekommen haben_erhalten has_been_received have_received have_your_application
        hear_from_us in_bearbeitung is_being_reviewed looking_at_your melden_uns next_steps
        pruefen_deine pruefen_ihre reached_us receipt_of received_your reviewing_your safely_received
        shortly sobald_wie successfully_submitted thank_you_for_applying thanks_for_applying
        under_review werden_uns_melden will_be_in will_be_reviewed will_contact will_get_back
        will_look_at will_review wird_geprueft zugegangen
    """,
    "invitation": """
        a_call auswahlgespraech* auswahltag availability available_for bewerbungsgespraech book_a
        calendar chat_with einladen einladung einladung_zum final_interview first_round gespraech
        gespraechstermin* hospitation interview interview_confirmed interview_invitation
        interview_with interviews interviewtermin invitation invite_you invited_to join_the_call
        kennenlernen kennenlerngespraech kennenzulernen lade ladung like_to_invite like_to_meet
        meet_the meet_with_you meeting_link neuen_termin next_round next_stage on_site onsite
        panel_interview phone_call phone_interview pick_a probearbeiten probearbeitstag probetag
        reschedule rescheduled schedule_a schedule_an schnuppertag second_interview slot slots
        speak_with_you telefoninterview termin terminvorschlag* time_slot time_slots video_interview
        videointerview vorstellungsgespraech vorstellungsgespraech* vorstellungstermin*
        your_availability your_interview zoom zum_gespraech zweitgespraech*
    """,
    "test": """
        aptitude arbeitsprobe* assessment assessments assignment aufgabe aufgaben bearbeitungszeit
        case_study certificate challenge coding_challenge coding_test complete_the deadline
        eignungstest eignungstest* exercise fallstudie fuehrungszeugnis one-way online-test
        online_test onlinetest portfolio probeaufgabe* probetext probeuebersetzung psychometric
        questionnaire references referenzen rollenspiel sample skills_test submit take-home take_home
        task test test_link testaufgabe* testlink tests the_assignment the_exercise timed within_72
        work_sample
    """,
    "offer": """
        accept_the anbieten_zu annual_salary anstellungsvertrag antreten arbeitsbeginn arbeitsvertrag
        ausbildungsvertrag base_salary brutto congrats congratulations contract contract_attached
        countersign* delighted_to_offer eingestellt einstellen employment_contract erster_arbeitstag
        first_day freuen_uns_ihnen fuer_dich_entschieden fuer_sie_entschieden gehalt happy_to_offer
        herzlich_willkommen ihr_vertrag job's_yours job_offer like_to_offer offer_letter offer_of
        offer_you onboarding pleased_to_offer probation probezeit salary sign_and_return signing_bonus
        start start_date starting_salary the_job_is unterschreiben vertrag vertragsangebot
        vertragsentwurf welcome_aboard welcome_to your_contract your_offer zusage zusage_fuer
    """,
    "outreach": """
        are_looking are_you_open auf_dein_profil auf_ihr_profil came_across client confidential_search
        contract_role currently_looking dein_profil exciting_opportunity exciting_role
        great_opportunity hast_du_lust headhunter i'm_recruiting ihr_profil im_auftrag interesse_an
        interested_in kurzes_telefonat linkedin looking_for_a mein_mandant my_client
        neue_herausforderung new_opportunity open_to opportunity our_client profil quick_chat
        reach_out reaching_out recruiter recruiter_at unser_mandant waere_das we're_looking
        wechselwillig wir_suchen would_you_be your_background your_experience your_profile
    """,
    "alert": """
        alert alerts apply_now days_ago easy_apply hiring_now ihr_suchauftrag jetzt_bewerben job_alert
        job_recommendations jobalarm jobs_for jobs_fuer jobs_in jobs_matching jobs_near jobs_you
        matches matching_jobs more_jobs neue_jobs neue_stellen neue_treffer new_job new_jobs
        new_matches passende_jobs passende_stellen recommendations recommended_jobs saved_search
        search_agent see_all_jobs similar_jobs stellenangebote stellenanzeigen suchagent suchprofil
        treffer view_job view_jobs your_alert your_search
    """,
    "remarks": """
        advice as_requested asked_for auswertung beim_naechsten constructive could_be_improved
        feedback gefragt ihre_antworten ihre_nachfrage improve mein_rat mein_tipp my_advice nachfrage
        next_time punkte room_for rueckmeldung schwaechen scored scores sie_baten sie_hatten_gefragt
        staerken strengths the_panel_felt tip verbessern work_on you_asked your_answers
        your_presentation your_strengths
    """,
    "withdrawal": """
        accept_another accepted_another andere_stelle_angenommen anderes_angebot angebot_angenommen
        angenommen_habe another_offer attached_my counter-offer decided_to_accept decline_the
        decline_your delighted_to_accept going_to_decline habe_ich_mich habe_mich_beworben
        habe_mich_entschieden have_accepted hiermit_bewerbe i'm_writing i've_accepted i've_decided
        i_accept i_am_writing i_applied i_applied_for i_appreciate i_enjoyed i_have_decided
        i_look_forward i_will_not i_won't i_would_like_to_withdraw ich_bewerbe mein_lebenslauf
        meine_bewerbung muss_ich_leider must_decline my_application my_current_employer my_cv
        my_notice my_resignation other_offer pleased_to_accept respectfully_decline stay_with_my
        turn_down_the turn_it_down withdraw withdraw_from withdrawal withdrawing withdrawn ziehe
        zurueckgezogen zurueckziehen
    """,
    "housing": """
        allotment apartment bedroom besichtigung eigentuemer* flat kleingarten landlord lease letting
        lettings miete mieter* mietvertrag rent rental tenancy tenant tenants vermieter* viewing
        wohnung wohnungs* zimmer
    """,
    "finance": """
        account antrag balance bank bescheid billing card claim credit darlehen donation erstattung
        finanzamt insurance interest invest* konto krankenkasse kredit lastschrift loan mortgage
        overdraft payment payments policy portfolio premium refund reimbursement rueckerstattung
        schaden* steuer* tax ueberweisung versicherung* widerspruch zahlung
    """,
    "study": """
        abstract admission admissions audition auswahlgremium award awards beitrag bursary conference
        course editor einreichung enrolment exhibition fellowship festival foerderantrag foerderung
        foerderzusage funding grant gutachten hochschule journal judges jury kita kurs manuscript
        manuskript novel paper phd_scholarship poem preis prize programme_place residency reviewer
        reviewers scholarship schule schulplatz series show stipendium studienplatz studium submission
        submissions tagung talent_show thesis undergraduate university verlag wettbewerb zulassung
    """,
    "purchase": """
        abo artikel bestellung booking buchung buy coupon delivery discount garantie gutschein invoice
        kauf lieferung order orders paket parcel preis price product products purchase rabatt receipt
        rechnung reklamation renew reservation reservierung return ruecksendung sale sendung shipped
        shipping shop subscription ticket tickets tracking voucher warranty
    """,
    "newsletter": """
        abbestellen abmelden abonnent* all_rights diese_woche edition episode im_browser
        in_your_browser mailing_list mehr_lesen newsletter opt_out preferences privacy_policy
        read_more subscriber subscribers this_week unsubscribe view_in webinar you_are_receiving
    """,
    "technical": """
        anmeldung bug build code config database email error fehler file files fix install kernel
        linux list login password passwort patch perl programm python release script security server
        software system update user users version wartung web website windows
    """,
    "advert": """
        act_now bonus cash cheap cheapest click_here earn free gewinn gewinnen gratis guarantee*
        income jetzt kostenlos limited_time loans million money money_back no_obligation per_month
        prize risk_free save_up sichern special_offer viagra winner
    """,
    "company_talk": """
        agenda anbei angebot attached besprechung budget conference deal draft for_your_review
        forecast fyi gas kollegen let_me_know meeting power projekt protokoll report see_attached
        sitzung talk_to verein
    """,
    "private": """
        abendessen birthday club dad dinner familie feier garden geburtstag holiday kids kinder love
        lunch mama match mom mum papa party pub swim tonight urlaub wedding weekend wochenende
    """,
    "machine": """
        abwesend abwesenheit abwesenheit* annual_leave auto-reply automatic_reply automatische_antwort
        autoreply away_from bounced could_not_be delivery_failed im_urlaub mail_system
        nicht_zugestellt on_leave out_of_office permanent_error recipient returned_to undeliverable
        undelivered unzustellbar
    """,
    "condition": """
        assume_that betrachten_sie either_way falls_dein falls_ihr falls_sie falls_wir if_it
        if_selected if_shortlisted if_there's_a if_there_is_a if_we if_you're_selected
        if_you_are_selected if_you_do_not if_you_don't if_you_have_not if_you_haven't
        if_your_application if_your_background if_your_experience if_your_profile
        if_your_qualifications if_your_skills nichts_gehoert nichts_von_uns only_applicants
        only_candidates only_shortlisted only_those please_assume should_you_not so_oder_so
        sollte_dein sollte_ihr sollten_sie sollten_wir vorkommen wenn_ihr_profil wenn_sie_bis wenn_wir
    """,
    "past": """
        back_in_the damals earlier_this_year im_vergangenen in_the_past last_month last_time last_year
        letzten_jahr letztes_jahr months_ago previously seinerzeit some_time_ago vergangenes_jahr
        vor_einem_jahr vor_einiger_zeit years_ago
    """,
}
"""Words and, joined by `_`, phrases; the beginnings of them where they end in `*`."""


_MOST_TOLD = 20_000
"""Words that are remembered. Chosen: twice what a person's mail commonly uses; some 3 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """The words after a phrase's first one, and what it says."""

    rest: tuple[str, ...]
    is_beginning: bool
    idea: str


def ideas(words: list[str]) -> dict[str, tuple[str, ...]]:
    """The ideas that a sentence touches, in a fixed order, each with the first words that say so."""
    found: dict[str, tuple[str, ...]] = {}
    for at, told in enumerate(map(_tells, words), start=1):
        if told is None:
            continue
        word = words[at - 1]
        alone, seconds, others = told
        for idea in alone:
            found.setdefault(idea, (word,))
        if at < len(words):
            for phrase in seconds.get(words[at], others):
                if phrase.idea not in found and _stands(phrase, words, at):
                    found[phrase.idea] = (word, *words[at : at + len(phrase.rest)])
    return dict(sorted(found.items())) if len(found) > 1 else found


def _stands(phrase: _Phrase, words: list[str], at: int) -> bool:
    end = at + len(phrase.rest)
    if not phrase.is_beginning:
        return tuple(words[at:end]) == phrase.rest
    return (
        len(words) >= end
        and tuple(words[at : end - 1]) == phrase.rest[:-1]
        and words[end - 1].startswith(phrase.rest[-1])
    )


class _Told(dict[str, "_Tells | None"]):
    """What a word tells; None, as for most words, where that is nothing.

    Found once a word: a cache that is a dictionary costs half of what `lru_cache` does for a word it knows.
    """

    def __missing__(self, word: str) -> "_Tells | None":
        word = word[: _LONGEST + 1]
        sizes = range(_SHORTEST, len(word) + 1)
        begun = (idea for size in sizes for idea in _BEGINNINGS.get(word[:size], ()))
        alone = tuple(dict.fromkeys((*_SINGLE.get(word, ()), *begun)))
        phrases = _PHRASES.get(word, {})
        others = phrases.get(_ANY, [])
        seconds = {second: [*listed, *others] for second, listed in phrases.items() if second != _ANY}
        if len(self) >= _MOST_TOLD:
            self.clear()
        self[word] = tells = (alone, seconds, others) if alone or phrases else None
        return tells


_ANY = ""
"""Stands for the second word of a phrase where only its beginning counts."""

_Table = dict[str, list[str]]
_PhraseTable = dict[str, dict[str, list[_Phrase]]]
"""The phrases by their first word and their second."""
_Tells = tuple[tuple[str, ...], dict[str, list[_Phrase]], list[_Phrase]]
"""The ideas of a word alone, the phrases that it begins by their second word, those before any other word."""


def _tables() -> tuple[_Table, _Table, _PhraseTable]:
    single: _Table = {}
    beginnings: _Table = {}
    phrases: _PhraseTable = {}
    for idea, listed in _WORDS.items():
        for entry in listed.split():
            first, *rest = entry.removesuffix("*").split("_")
            is_beginning = entry.endswith("*")
            if rest:
                phrase = _Phrase(rest=tuple(rest), is_beginning=is_beginning, idea=idea)
                second = _ANY if is_beginning and len(rest) == 1 else rest[0]
                phrases.setdefault(first, {}).setdefault(second, []).append(phrase)
            else:
                (beginnings if is_beginning else single).setdefault(first, []).append(idea)
    return single, beginnings, phrases


_SINGLE, _BEGINNINGS, _PHRASES = _tables()
_SHORTEST = min(map(len, _BEGINNINGS))
_LONGEST = max(map(len, (*_SINGLE, *_BEGINNINGS, *_PHRASES)))
"""Letters of the longest word that is listed: what a longer one goes on with tells nothing."""

_tells = _Told().__getitem__
