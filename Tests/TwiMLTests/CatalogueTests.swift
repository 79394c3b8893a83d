import Testing
import TwiML

@Suite struct Catalogues {
    @Test(arguments: [
        ("Polly.Joanna", "en-US"), ("Polly.Joanna-Neural", "en-US"), ("Polly.Mia-Neural", "es-MX"),
        ("Polly.M\u{ED}a-Generative", "es-MX"), ("Polly.Geraint", "en-GB-WLS"),
        ("Polly.Zhiyu-Neural", "cmn-CN"),
        ("Google.en-US-Neural2-J", "en-US"), ("Google.de-DE-Chirp3-HD-Kore", "de-DE"),
        ("Google.fil-PH-Standard-D", "fil-PH"), ("Google.cmn-TW-Wavenet-C", "cmn-TW"),
    ])
    func `know a voice's language`(_ voice: String, _ language: String) {
        #expect(Voice.isKnown(voice))
        #expect(Voice.language(ofVoice: voice) == language)
    }

    @Test(arguments: [
        "Polly.Ivy-Generative", "Polly.joanna", "Joanna", "Polly.Mi\u{301}a-Generative",
        "Google.en-US-Neural2-B",
        "Google.af-ZA-Wavenet-A", "Google.el-GR-Chirp3-HD-Kore", "Man", "",
    ])
    func `don't know other names`(_ voice: String) {
        #expect(!Voice.isKnown(voice))
    }

    @Test func `read the language of a new Google voice from its name`() {
        #expect(Voice.language(ofVoice: "Google.en-US-Chirp3-HD-Newcomer") == "en-US")
        #expect(Voice.language(ofVoice: "Google.nonsense") == nil)
        #expect(Voice.language(ofVoice: "woman") == nil)
    }

    @Test(
        arguments: [
            ("man", .basic, 4_096), ("Polly.Nobody", .polly, 3_000), ("Google.xx", .google, 5_000),
        ] as [(String, Voice.Family, Int)])
    func `know a family and its limit by the form of the name`(
        _ voice: String, _ family: Voice.Family, _ maxTextBytes: Int
    ) {
        #expect(Voice.family(ofVoice: voice) == family)
        #expect(family.maxTextBytes == maxTextBytes)
    }

    @Test func `have as many entries as the provider lists, none twice`() {
        #expect(Voice.all.count == 900)
        #expect(SayLanguage.all.count == 69)
        #expect(GatherLanguage.all.count == 131)
        #expect(SpokenMarkupLanguage.all.count == 37)
        for list in [
            Voice.all, SayLanguage.all, GatherLanguage.all, SpokenMarkupLanguage.all, SpeechModel.all,
        ] {
            #expect(Set(list.map { Array($0.utf8) }).count == list.count)
        }
    }

    @Test func `mark the voice that is going out of use`() {
        #expect(Voice.isDeprecated("alice"))
        #expect(!Voice.isDeprecated("woman"))
    }

    @Test(
        arguments: [
            ("phone_call", "en-US", true), ("phone_call", "de-DE", false),
            ("experimental_conversations", "ar-EG", true), ("experimental_utterances", "zh", false),
            ("deepgram_nova-3", "multi", true), ("deepgram_nova-2", "multi", false),
            ("default", "de-DE", nil),
        ] as [(String, String, Bool?)])
    func `know what a speech model understands`(_ model: String, _ language: String, _ expected: Bool?) {
        #expect(SpeechModel.understands(language, model: model) == expected)
    }
}
