"""Words that say nothing on their own, in the languages of the corpus: alone they explain no verdict."""

from graceperiod.core.text import FIGURES, key_of

_WORDS = {
    "en": """
        a about after again all also am an and any are as at back be been before being both but by can
        could did do does doing done down each else even ever few for from get gets go goes got had has
        have having he he'd he's her here hers him his how i i'd i'll i'm i've if in into is it it's its
        just let like may me might mine more most much must my of off on once one only or our ours out
        over own per please put said same shall she she'd she's should so some soon still such than that
        that's the their theirs them then there there's these they they're they've this those through to
        too two under until up upon us very was we we'd we'll we're we've well went were what when where
        which while who whom whose why will with within would yes yet you you'd you'll you're you've
        your yours
    """,
    "de": """
        aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist bzw da dabei
        damit danach dann daran darauf das dass dein deine deinem deinen deiner dem den denn der des
        deshalb dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem
        einen einer eines er es etwas euch euer eure für gegen gern gerne gewesen habe haben hat hatte
        hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja je jede jedem
        jeden jeder jedes jetzt kann kannst können könnte konnte konnten mal man mehr mein meine meinem
        meinen meiner mich mir mit muss nach noch nun nur ob oder ohne schon sehr sein seine seinem
        seinen seiner seit sich sie sind so sobald sodass soll sollte sollten sowie über um und uns
        unser unsere unserem unseren unserer unter viel vom von vor wann war waren was weil weiter
        welche wenn wer werde werden wie wir wird wo wurde wurden würde würden zu zum zur zwei
    """,
    "fr": """
        à afin ai ainsi alors après au aussi aux avant avec avez avoir avons c'est car ce ceci cela
        celle celui ces cet cette ceux chez ci comme d dans de depuis des donc du elle elles en encore
        entre est et été être eu fait faire il ils je jusqu l la le les leur leurs lors lui ma mais me
        même mes moi mon n nos notre nous on ont ou où par peu peut plus pour pouvez qu qui que quel
        quelle quoi s sa sans se sera serait ses si son sont sous suis sur ta te tes toi ton tous tout
        toute toutes très trop tu un une va vers voici vos votre vous y
    """,
    "es": """
        a al algo antes aquí así aún aunque bien cada como con contra cual cuando de del desde donde dos
        el él ella ellas ellos en entre era eran es esa ese eso esta está están estas este esto estos
        fue ha han hasta hay he hemos la las le les lo los más me mi mis muy nos nosotros nuestra
        nuestro o os para pero por porque pues que qué quien se sea ser si sí sido sin sobre solo somos
        son soy su sus también tan te tiene tienen todo todos tras tu tus un una unas uno unos usted
        ustedes va vamos y ya yo
    """,
    "nl": """
        aan al alle als ben bent bij daar dan dat de deze die dit doen door dus een en er even gaan gaat
        gewoon had hadden hebben hebt heeft hem hen het hier hij hoe hun ik in is ja je jij jouw jullie
        kan kunnen maar me meer met mij mijn na naar nog nu of om omdat onder ons onze ook op over te
        tegen toch toen tot u uit uw van veel voor waar was wat we wel werd wie wij wil wilt word worden
        wordt zal ze zeer zelf zich zij zijn zo zou zullen
    """,
    "pt": """
        a ao aos as até com como da das de dela dele depois do dos e é ela elas ele eles em entre era
        essa esse esta está este estes eu foi for foram há isso isto já lhe lhes mais mas me mesmo meu
        minha muito na nas nos nós nossa nosso o os ou para pela pelas pelo pelos por porque qual
        quando que quem se seja sem ser seu seus só somos sua suas também te tem têm temos ter teve
        todos tu um uma umas uns você vocês
    """,
    "it": """
        a abbiamo ad ai al alla alle allo anche ancora c'è che chi ci come con così cui da dal dalla
        dalle dei del della delle dello di dopo dove e è ed era essere fa fra già gli ha hai hanno ho i
        il in io l la le lei li lo loro lui ma me mi mia mio molto ne negli nei nel nella noi nostra
        nostro o ogni per perché più poi può qual quando quanto quella quello questa questo qui se sei
        si sia siamo solo sono sta su sua sue sui sul sulla suo suoi te ti tra tu tua tuo tutti tutto un
        una uno vi voi vostra vostro
    """,
}

PLAIN_WORDS = frozenset(
    {key_of(word) for listed in _WORDS.values() for word in listed.split()}
    | {figure for figure, shown in FIGURES.items() if shown in {"(a number)", "(an address)"}}
)
"""As `key_of` spells them. `not`, `no`, `other`, `another` and their like are not among them: they decide."""
