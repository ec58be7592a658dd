"""Words by which sites name the parts of a page around its article, by kind, in the languages of their class names.

Each word is in lower case, with hyphens, and without the marks of its letters ("ä" is "a", and "ae" on German sites).
Japanese, Korean, Chinese, Greek and Cyrillic words are romanised.

Two words that only furniture bears ("lees-ook") are enough to name a part. One word is `CLEAR` if no article calls a
part of its own so ("udostepnij"), and `VAGUE` otherwise ("populair"). English words of more than one kind of part are
in ``widget_names``.

Scope: words. Out of scope: which elements go (``widget_names`` and ``widgets``).
"""

from alt_pipelines.text.stopwords import word_set

# Who wrote the article.
AUTHOR = word_set(
    """
    author authors by-line byline writer written-by reporter journalist columnist contributor contributors post-author
    autor autorin autoren autorenzeile verfasser verfasserin redakteur redakteurin
    auteur auteurs redacteur schrijver geschreven-door
    auteure signature signataire redactrice ecrit-par
    autora autores redactor redactora periodista firma escrito-por firmante
    redator redatora jornalista escrito-por reporter
    autore autrice autori redattore giornalista firma-articolo scritto-da
    autoarea autorul jurnalist scris-de
    forfattare skribent skriven-av journalister forfatter forfattere skrevet-av av-hvem byliner
    kirjoittaja kirjoittajat toimittaja tekija tekijat hofundur hofundar frettamadur bladamadur
    autorid toimetaja ajakirjanik autors zurnalists redaktors autorius zurnalistas zurnaliste parenge
    autorzy autorka autorski dziennikarz redaktor redaktorka napisal
    autori autorka novinar novinarka redaktorka redakce napsal
    szerzo szerzok szerzoje ujsagiro iro
    avtor avtorji avtorica novinar napisao napisala autorica novinarka
    avtory avtori avtora zhurnalist korrespondent korespondent redaktor
    arthrografos syntaktis syntakths syggrafeas dimosiografos
    yazar yazarlar muhabir editor yazar-adi
    penulis pengarang wartawan jurnalis penyunting ditulis-oleh
    tac-gia tacgia nguoi-viet phong-vien bien-tap ten-tac-gia
    shosha chosha hissha kisha shippitsu raita gija gijaname jakga
    zuozhe jizhe bianji xiaobian zerenbianji
    """
)
# Who made a picture. A caption that a class only calls a caption may tell something.
CREDIT = word_set(
    """
    photo-credit photo-credits image-credit image-credits picture-credit photographer photo-by photo-source image-source
    bildnachweis bildquelle fotonachweis fotograf fotografin bildrechte foto-credit
    fotograaf fotobron fotorechten beeldrechten beeldbron
    photographe credit-photo credits-photo credit-image legende-credit
    fotografo fotografa credito-foto creditos-foto foto-creditos credito-imagen pie-credito autor-foto autoria-foto
    credito-da-foto creditos-da-foto credito-da-imagem crediti-foto credito-fotografico foto-di
    sursa-foto credit-foto fotografie-de
    fotografer bildkalla bildbyline fotobyline fotokredit billedkreditering fotokreditering fotokreditt
    kuvaaja kuvaajat kuvalahde kuvan-tiedot ljosmyndari mynd-eftir
    fotograafi foto-autor foto-autors fotografs fotografas nuotrauku-autorius foto-info
    fotografia-autor autor-zdjecia autor-zdjec zrodlo-zdjecia fot zdjecie-autor fotografka
    autor-fotky zdroj-fotky zdroj-foto autor-fotografie autor-fotografii
    fotos fotoriporter foto-forras kep-forras
    avtor-foto avtor-fotografije foto-vir foto-izvor avtor-foto istochnik-foto dzherelo-foto
    fotograf-kaynak foto-muhabir foto-kredit sumber-foto kredit-foto juru-foto nguon-anh anh-nguon
    shashin-teikyo satsuei sajin-chulcheo sheying tupianlaiyuan
    """
)
# Ways to pass the article on, and to follow the site.
SHARE = word_set(
    """
    sns social-share share-social follow-us
    teilen teilen-leiste artikel-teilen beitrag-teilen folgen-sie-uns weiterempfehlen
    deel-balk deel-knoppen delen-knoppen deel-buttons deel-artikel artikel-delen delen-via deel-dit deel-via volg-ons
    partage partager partages partagez reseaux-sociaux suivez-nous
    compartir comparte compartelo redes-sociales siguenos difundir
    compartilhar compartilhe partilhar partilha partilhe redes-sociais siga-nos
    condividi condivisione condividere condividi-su seguici
    xarxes-socials comparteix segueix-nos distribuie partajeaza retele-sociale urmareste-ne
    dela-knappar del-knapper dela-artikel dela-artikeln dela-pa folj-oss del-artikel del-artiklen del-artikkel
    del-artikkelen del-pa folg-os
    folg-oss
    jaa jaa-artikkeli jaa-juttu jaa-somessa jakonapit seuraa-meita deila deila-frett deila-grein
    jaga jaga-artiklit jaga-lugu dalies dalities dalintis dalinkis pasidalink pasidalinti
    udostepnij udostepnianie podziel-sie obserwuj-nas
    sdilet sdileni sdilejte sledujte-nas zdielat zdielanie zdielaj sledujte-nas
    megosztas megoszt megosztom oszd-meg kovess kovess-minket kovessen-minket
    delite podeli podijeli podelite podijelite podelite-clanek zapratite-nas pratite-nas
    podelitsya podelitsia podilytysya podilitisya spodeli spodelete sledvai-ni
    koinopoiisi koinopoihsh moirasou moiraste-to akolouthiste-mas
    paylas paylasim sosyal-medya sosyal-paylasim bizi-takip-edin takip-et
    bagikan sebarkan kongsi ikuti-kami bagikan-artikel
    chia-se chiase chia-se-bai-viet mang-xa-hoi theo-doi
    kyoyu shea-botan gongyu fenxiang
    """
)
# Other articles.
RELATED = word_set(
    """
    related read-also also-read see-also more-on-this more-on-this-topic you-may-also-like top-stories most-read
    verwandt verwandte-artikel verwandte-beitraege aehnliche-artikel aehnliche-beitraege ahnliche-beitrage
    mehr-zum-thema
    mehrzumthema lesen-sie-auch lies-auch auch-interessant das-koennte-sie-auch-interessieren weitere-artikel
    weitere-beitraege weitere-meldungen weiterlesen meistgelesen meist-gelesen meistgelesene
    lees-ook leesook lees-meer lees-verder meer-over meer-lezen gerelateerd gerelateerde-artikelen
    gerelateerde-berichten
    ook-interessant bekijk-ook meest-gelezen meestgelezen
    lire-aussi a-lire-aussi lireaussi lire-egalement a-lire-egalement voir-aussi sur-le-meme-sujet articles-lies
    articles-similaires articles-associes articles-connexes dans-la-meme-rubrique les-plus-lus plus-lus a-lire
    relacionadas relacionados noticias-relacionadas articulos-relacionados notas-relacionadas contenido-relacionado
    lee-tambien lea-tambien leer-tambien te-puede-interesar tambien-te-puede-interesar mas-leidas mas-leido mas-noticias
    otras-noticias lo-mas-leido mas-sobre
    leia-tambem leia-mais veja-tambem saiba-mais materias-relacionadas conteudo-relacionado mais-lidas ultimas-noticias
    leggi-anche articoli-correlati correlati correlate notizie-correlate potrebbe-interessarti ti-potrebbe-interessare
    piu-letti piu-lette vedi-anche
    llegiu-tambe noticies-relacionades relacionats tambe-et-pot-interessar citeste-si articole-similare stiri-similare
    vezi-si stiri-asemanatoare cele-mai-citite
    las-ocksa las-mer las-aven relaterat relaterade relaterade-artiklar mest-last mest-lasta
    laes-ogsa laes-ogsaa laes-mere les-ogsa les-mer les-ogsaa relateret relaterede relaterte relaterede-artikler
    relaterte-saker mest-laest mest-lest mer-om
    lue-myos luemyos lue-lisaa aiheeseen-liittyvaa luetuimmat lisaa-aiheesta
    tengt tengt-efni tengdar tengdar-frettir lestu-lika mest-lesid
    loe-ka loe-veel loe-lisaks seotud seotud-artiklid seotud-lood loetumad enimloetud
    lasi-vel lasi-ari saistitie saistitie-raksti lasitakie taip-pat-skaitykite skaitykite-taip-pat skaityk-taip-pat
    susije susije-straipsniai skaitomiausi
    czytaj-tez czytaj-takze zobacz-tez zobacz-takze czytaj-wiecej powiazane powiazane-artykuly podobne-artykuly
    przeczytaj-takze najczesciej-czytane
    souvisejici souvisejici-clanky ctete-take prectete-si-take mohlo-by-vas-zajimat nejctenejsi
    suvisiace suvisiace-clanky citajte-aj precitajte-si-aj mohlo-by-vas-zaujimat najcitanejsie
    kapcsolodo kapcsolodo-cikkek olvasd-el-ezt-is ezt-is-olvassa-el ez-is-erdekelhet tovabbi-cikkek legolvasottabb
    preberite-tudi preberite-se sorodni-clanki sorodne-novice povezani-clanki povezane-vijesti povezane-vesti
    procitajte-jos procitajte-i najcitanije najbolj-brano
    chitayte-takzhe chitajte-takzhe chitaite-takzhe po-teme materialy-po-teme pohozhie-novosti pohozhie chitayte-takozh
    chytayte-takozh shozhi-novyny oste-po-temata svurzani-novini svarzani prochetete-oshte
    diavaste-episis diabaste-epishs deite-episis sxetika sxetika-arthra schetika
    ilgili-haberler ilgili-haber benzer benzer-haberler benzer-icerikler benzer-yazilar bunlar-da-ilginizi-cekebilir
    cok-okunanlar en-cok-okunanlar
    baca-juga bacajuga artikel-terkait berita-terkait terkait lihat-juga berita-lainnya baca-selanjutnya terpopuler
    lien-quan tin-lien-quan bai-lien-quan bai-viet-lien-quan tinlienquan xem-them doc-them tin-cung-chuyen-muc doc-nhieu
    kanren kanren-kiji kanrenkiji osusume osusume-kiji awasete-yomitai gwallyeon gwallyeon-gisa gwanryeon gwanryeon-gisa
    xiangguan xiangguan-wenzhang xiangguan-yuedu xiangguan-xinwen tuijian-yuedu yanshen-yuedu cainixihuan
    """
)
# Newsletters and subscriptions.
NEWSLETTER = word_set(
    """
    newsletter newsletters
    newsletter-anmeldung abonnieren nieuwsbrief nieuwsbrief-aanmelden abonneer abonneren
    infolettre s-abonner abonnez-vous encart-abo suscribete suscribirse suscripcion boletin-suscripcion
    inscreva-se assine iscriviti iscrizione-newsletter subscriu subscriu-te butlleti aboneaza-te abonare
    nyhetsbrev nyhedsbrev prenumerera tilmeld-nyhedsbrev abonner uutiskirje tilaa tilaa-uutiskirje frettabref
    uudiskiri liitu-uudiskirjaga naujienlaiskis prenumeruok abone abonet
    zapisz-sie zapisz-sie-do-newslettera prenumerata odber-noviniek odber-novinek odebirat
    hirlevel hirlevel-feliratkozas feliratkozas iratkozz-fel e-novice prijava-na-e-novice pretplata pretplati-se
    podpiska podpisatsya pidpyska abonament egrafi eggrafi e-bulten abone-ol bulten-kayit
    langganan berlangganan dang-ky-nhan-tin merumaga merumagajin meruma-toroku gudok gudok-sincheong dingyue
    """
)
# The path to the page.
PATH = word_set(
    """
    breadcrumb breadcrumbs breadcrumb-trail bread-crumb crumb crumbs nav-path
    brotkrumen brotkrume brotkruemel brotkrumel krumenpfad kruimelpad kruimelspoor broodkruimel
    fil-ariane fil-d-ariane filariane migas-de-pan miga-de-pan migas-pan migas migalhas briciole briciole-di-pane
    brodsmulor brodsmulestig brodkrumme brodkrummer brodsmulesti brodsmuler murupolku leivapuru braudmolar
    okruszki sciezka-nawigacji sciezka-okruszkow drobeckova-navigace drobecky omrvinky odrobinky
    morzsamenu morzsa kenyermorzsa morzsak drobtinice drobtine krusna-putanja mrvice hlebnye-kroshki khlebnye-kroshki
    kroshki xlebnie-kroshki troxies ekmek-kirintisi ekmek-kirintilari pankuzu pankuzu-list mianbaoxie
    """
)
# Comments of readers.
COMMENTS = word_set(
    """
    leserkommentare lezersreacties laat-een-reactie-achter commentaires-lecteurs deja-un-comentario
    comentarios-lectores deixe-um-comentario lascia-un-commento jata-kommentti kommentoi dodaj-komentarz pridat-komentar
    pridaj-komentar szolj-hozza hozzaszolasok hozzaszolas ostavit-kommentariy yorum-yap yorumlar tulis-komentar
    binh-luan gui-binh-luan daetgeul
    """
)
# Keywords and sections.
TAGS = word_set(
    """
    schlagworte schlagwoerter schlagworter stichworte trefwoorden mots-cles etiquetas palabras-clave etiquetes
    palavras-chave parole-chiave etichete cuvinte-cheie nyckelord emneord stikkord nokkelord avainsanat asiasanat
    marksonad atslegvardi raktazodziai zymos slowa-kluczowe tagi klicova-slova stitky kltucove-slova klucove-slova
    cimkek cimkesor kulcsszavak kljucne-besede kljucne-reci kljucne-rijeci klyuchevye-slova klyuchovi-slova
    etiketler anahtar-kelimeler kata-kunci tu-khoa tukhoa biaoqian
    """
)
# Advertising and rights.
NOTICE = word_set(
    """
    affiliate-note copyright-note
    anzeige werbung werbehinweis urheberrecht
    advertentie reclame
    publicite droits-reserves mentions-legales publicidad anuncio
    derechos-reservados publicidade anuncios direitos-reservados pubblicita annuncio
    riproduzione-riservata publicitat publicitate drepturi-rezervate
    annons annonser annonce annoncer annonse annonser mainos mainokset
    auglysing auglysingar reklaam reklama reklamos reklamas
    hirdetes hirdetesek
    oglas oglasi
    diafimisi diafhmish reklamlar iklan quang-cao quangcao
    kokoku koukoku gwanggo guanggao banquan banquan-shengming
    """
)
# Ways to support the site; an article about a collection of money has such parts of its own.
SUPPORT = word_set(
    """
    donate donation donations donate-box support-us spenden spendenaufruf unterstuetzen-sie-uns unterstutzen-sie-uns
    doneer doneren steun-ons faire-un-don soutenez-nous donar dona-ahora doe-agora doacao dona-ora doneaza skank-en-gava
    stott-oss stott-os lahjoita annetus ziedot paremkite parama wesprzyj wesprzyj-nas wplac darowizna podporte-nas
    prispejte tamogass-minket adomany donirajte podprite-nas podrzite-nas podderzhat pozhertvovat pidtrymaty
    pidtrymay-nas bagis bagis-yap donasi ung-ho
    """
)

# Words that are a kind of part on some sites and a part of the article on others, with any box.
VAGUE = (
    TAGS
    | SUPPORT
    | word_set(
        """
    author-list firma signature editor iro annonce annoncer anuncio anuncios annuncio oglas oglasi fotos fot dona
    correlate
    meer mehr plus mas mais piu altri otros outros mer mera mere lisaa meira veel vel daugiau wiecej vice viac tovabbi
    vec
    jos eshche bilshe oshte perissotera daha-fazla lainnya khac migas morzsa mrvice kroshki crumb a-lire delite
    delen deel dela del popular populair populaer popularne populaires populares popolari suositut vinsaelt popularni
    nepszeru populyarnoe popularno populer pho-bien ninki ingi remen ranking
    empfohlen empfehlungen aanbevolen recommandes recomendado recomendados recomendadas consigliati rekommenderat
    anbefalet
    anbefalt suosittelemme soovitame iesakam rekomenduojame polecane doporucujeme odporucame ajanlo ajanlott priporocamo
    preporuke rekomenduem rekomenduyemo proteinoume onerilen rekomendasi de-xuat suisen chucheon tuijian
    kommentare reacties commentaires comentarios comentaris commenti comentarii kommentarer kommentit kommentid
    komentari
    komentarai komentarze komentare kommentarii sxolia yorum yorumlar komentar comentario commentaire kommentar
    boletin boletim bulletin buletin bulten novine
    """
    )
)
PERSONS = AUTHOR | CREDIT
LABELS = CREDIT | SHARE | PATH  # parts without sentences
CLEAR = (PERSONS | SHARE | RELATED | NEWSLETTER | PATH | COMMENTS | NOTICE) - VAGUE

# Where a part is, and to what it belongs: the first or the last words of its name.
PLACES = word_set(
    """
    js c m o u l b g wp td tdb elementor widget module component block post posts entry article story single site page
    blog
    content the my inline footer header bottom top end after below left right sidebar mobile desktop sticky news
    artikel beitrag seite inhalt fuss kopf unten oben pagina bericht nieuws onder boven contenu texte bas haut
    nota noticia articulo entrada contenido pie cabecera materia artigo conteudo rodape articolo notizia contenuto
    artikeln artiklen artikkel artikkelen nyhed nyhet sak juttu uutinen grein frett lugu artikkeli uudis raksts
    straipsnis
    artykul wpis tresc strona clanek clanok stranka cikk hir oldal clanak vijest vest prispevek novica articol stire
    statya statia novost novina novyna material arthro haber yazi icerik sayfa berita konten halaman bai bai-viet tin
    noi-dung kiji honbun gisa wenzhang xinwen
    de des du d l la le les el los las lo al il i gli di del della dell da do dos das der die den dem het een van voor
    av af om za na o pro pre per para por pour sur sobre su a an en et und og och i y e s t n us nous nos
    """
)
# What a part is made of.
BOXES = word_set(
    """
    container wrapper wrap box block section list item items inner outer area widget module bar button buttons btn link
    links icon icons title heading headline header label root group row toolbar tools panel card grid cta nav desktop
    mobile
    left right top bottom inline horizontal vertical enabled more info infos bio profile photo image avatar name names
    kasten kaesten leiste feld bereich liste zeile knopf knoepfe blok balk lijst knop knoppen kader kop regel
    bloc blocs encart encadre barre bouton boutons zone liens liste rubrique lien nom
    caja cajas bloque barra boton botones lista recuadro enlaces enlace nombre ficha caixa bloco botao botoes quadro
    riquadro blocco pulsante pulsanti elenco scheda nome capsa boto botons caseta buton butoane
    ruta lada knapp knappar lista boks knap knapper rubrik laatikko palkki painike painikkeet lista nappi napit kassi
    hnappur
    kast plokk nupp nupud kaste josla poga pogas blokas juosta mygtukas mygtukai
    ramka pole przycisk przyciski pasek blok boks ramecek panel tlacitko tlacitka ramcek tlacidlo tlacidla
    doboz sav gomb gombok lista okvir okvirji gumb gumbi kutija polje dugme dugmad traka blok knopka knopki spisok
    kouti lista koumpi kutu kutusu kutular blogu alani dugmesi butonu butonlari listesi kotak tombol daftar judul
    khung nut hop danh-sach tieu-de rando botan bakusu risuto waku ban kuai liebiao
    """
)
AROUND = PLACES | BOXES
# The boxes that words of German, Dutch, Nordic, Finnish and Turkish names have as their ends: "autorenbox".
ENDS = ("box", "kasten", "leiste", "blok", "blokk", "block", "balk", "bar", "info", "lista", "liste", "knoppen")

# What sites call the article, alone or before a word for its text.
ARTICLE = word_set(
    """
    artikel beitrag bericht nachricht meldung artikelen nieuwsbericht nota noticia articulo entrada cronica reportaje
    artigo materia reportagem articolo notizia servizio noticia-detalle articol stire stirea
    nyhet nyhed artikkel sak juttu uutinen artikkeli grein frett lugu uudis artikkel raksts zina straipsnis naujiena
    artykul wpis wiadomosc clanek zprava clanok sprava cikk hir clanak vijest vest prispevek novica
    statya statia novost novyna novina material arthro eidisi haber yazi makale berita bai-viet baiviet tin-tuc kiji
    gisa
    wenzhang xinwen
    """
)
TEXT = word_set(
    """
    inhalt text fliesstext haupttext lauftext koerper inhoud tekst lopende-tekst corps texte contenu contenu-article
    cuerpo contenido texto desarrollo corpo conteudo testo contenuto cos contingut continut corp
    brodtext innehall brodtekst broedtekst indhold innhold tekst leipateksti sisalto teksti meginmal texti efni sisu
    tekst
    saturs teksts turinys tekstas tresc zawartosc obsah telo vsebina besedilo sadrzaj szoveg tartalom torzs
    tekst-novosti soderzhanie telo-stati tekst-stati zmist sadarzhanie sudurzhanie periexomeno keimeno soma
    icerik metin detay govde isi konten isi-berita noi-dung noidung than-bai chi-tiet honbun naiyou bonmun naeyong
    neirong zhengwen detail detalle detalhe dettaglio detaliu
    """
)
