/// What the provider's documentation says of TwiML, as a table of its own beside the writer's types: the documents that flows
/// make are held against it, and so is what the verb table says it stands for.
public enum TwiMLFacts {
    public struct Element: Sendable {
        public var tag: String
        /// The elements that it may stand in; empty for the root.
        public var parents: Set<String> = []
        public var isMessaging = false
        public var text = Text.none
        /// In one parent.
        public var atMost = Int.max
        public var attributes: [String: Attribute] = [:]
        public var isUnverified = false
    }

    public struct Attribute: Sendable {
        public var values: Values
        public var isRequired = false
        /// Known from helper libraries only.
        public var isUnverified = false
    }

    public enum Text: Sendable {
        case none
        case any
        /// Or elements in its place.
        case required
    }

    /// What may stand in an attribute.
    public enum Values: Sendable {
        case text(most: Int)
        case word
        case flag
        case url(orNothing: Bool)
        case webSocket
        case one(of: [String])
        case some(of: [String])
        case number(ClosedRange<Int>, orAuto: Bool)
        case characters(of: String, most: Int)
        case sid(prefix: String)
        case decimal
        case numbers
        case list
        case pause
    }

    public static let elements: [Element] = read(text)

    /// Where a document is played that isn't a call's, and the verbs that the documentation allows there. In `screening` pauses and
    /// redirects work in practice.
    public enum Context: Sendable {
        case queueWait, conferenceWait, screening, queueWhisper

        public var verbs: Set<String> {
            switch self {
            case .queueWait: ["Play", "Say", "Pause", "Hangup", "Redirect", "Leave", "Gather"]
            case .conferenceWait: ["Play", "Say", "Pause", "Redirect"]
            case .screening: ["Play", "Say", "Gather", "Hangup", "Pause", "Redirect"]
            case .queueWhisper: ["Play", "Say", "Pause", "Redirect"]
            }
        }

        /// By the element whose attribute names the document.
        public init?(element: String, attribute: String) {
            switch (element, attribute) {
            case ("Enqueue", "waitUrl"): self = .queueWait
            case ("Conference", "waitUrl"): self = .conferenceWait
            case ("Queue", "url"): self = .queueWhisper
            case ("Number", "url"), ("Client", "url"), ("Sip", "url"), ("WhatsApp", "url"): self = .screening
            default: return nil
            }
        }
    }

    /// The element of a name as it may stand in another one.
    public static func element(_ tag: String, in parent: String, isMessaging: Bool) -> Element? {
        elements.first { element in
            element.tag == tag
                && (element.isMessaging == isMessaging || element.parents.isEmpty)
                && (element.parents.contains(parent) || element.parents.isEmpty && parent.isEmpty)
        }
    }

    /// A line for an element and one for each attribute. `?` is before what isn't verified, `!` before what must be there.
    private static let text = """
        Response

        Say in Response Gather Prompt with text required
          voice: word
          language: word
          loop: 0...1000

        Play in Response Gather Prompt with text
          loop: 0...
          digits: characters 0123456789ABCDWw#*

        Pause in Response Gather Prompt
          length: 1...

        Gather in Response
          action: url
          method: one of GET POST
          input: some of dtmf speech
          timeout: 1...
          speechTimeout: 1... or auto
          ?maxSpeechTime: 0...
          finishOnKey: key or nothing
          numDigits: 1...
          actionOnEmptyResult: flag
          language: word
          hints: list
          profanityFilter: flag
          speechModel: word
          partialResultCallback: url
          partialResultCallbackMethod: one of GET POST
          ?bargeIn: flag
          ?debug: flag

        Record in Response
          action: url
          method: one of GET POST
          timeout: 0...
          finishOnKey: characters 0123456789*#
          maxLength: 2...14400
          playBeep: flag
          trim: one of trim-silence do-not-trim
          recordingStatusCallback: url
          recordingStatusCallbackMethod: one of GET POST
          recordingStatusCallbackEvent: some of in-progress completed absent
          transcribe: flag
          transcribeCallback: url
          recordingConfigurationId: text

        Dial in Response with text required
          action: url
          method: one of GET POST
          timeout: 5...600
          hangupOnStar: flag
          timeLimit: 1...14400
          callerId: text
          callReason: text to 50
          record: one of do-not-record record-from-answer record-from-ringing
              record-from-answer-dual record-from-ringing-dual true false
          trim: one of trim-silence do-not-trim
          recordingStatusCallback: url
          recordingStatusCallbackMethod: one of GET POST
          recordingStatusCallbackEvent: some of in-progress completed absent
          recordingTrack: one of inbound outbound both
          recordingConfigurationId: text
          answerOnBridge: flag
          ringTone: one of at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my
              nl no nz ph pl pt ru se sg th uk us us-old tw ve za
          sequential: flag
          referUrl: url
          referMethod: one of GET POST
          ?events: one of call-progress-event
          ?passports: text

        Number in Dial with text required at most 10
          sendDigits: characters 0123456789ABCDWw#*
          url: url
          method: one of GET POST
          statusCallbackEvent: some of initiated ringing answered completed
          statusCallback: url
          statusCallbackMethod: one of GET POST
          byoc: sid BY
          machineDetection: one of Enable DetectMessageEnd
          machineDetectionTimeout: 3...60
          machineDetectionSpeechThreshold: 1000...6000
          machineDetectionSpeechEndThreshold: 500...5000
          machineDetectionSilenceTimeout: 2000...10000
          amdStatusCallback: url
          amdStatusCallbackMethod: one of GET POST

        Client in Dial with text required at most 10
          url: url
          method: one of GET POST
          statusCallbackEvent: some of initiated ringing answered completed
          statusCallback: url
          statusCallbackMethod: one of GET POST
          clientNotificationUrl: url

        Identity in Client with text required

        Conference in Dial with text required at most 1
          muted: flag
          beep: one of true false onEnter onExit
          startConferenceOnEnter: flag
          endConferenceOnExit: flag
          participantLabel: text to 128
          jitterBufferSize: one of large medium small off
          waitUrl: url or nothing
          waitMethod: one of GET POST
          maxParticipants: 1...250
          record: one of do-not-record record-from-start
          recordingConfigurationId: text
          region: one of us1 us2 ie1 de1 sg1 br1 au1 jp1
          trim: one of trim-silence do-not-trim
          coach: sid CA
          statusCallbackEvent: some of start end join leave mute hold modify speaker announcement
          statusCallback: url
          statusCallbackMethod: one of GET POST
          recordingStatusCallback: url
          recordingStatusCallbackMethod: one of GET POST
          recordingStatusCallbackEvent: some of in-progress completed absent

        Sip in Dial with text required at most 10
          username: text
          password: text
          url: url
          method: one of GET POST
          statusCallbackEvent: some of initiated ringing answered completed
          statusCallback: url
          statusCallbackMethod: one of GET POST
          machineDetection: one of Enable DetectMessageEnd
          machineDetectionTimeout: 3...60
          machineDetectionSpeechThreshold: 1000...6000
          machineDetectionSpeechEndThreshold: 500...5000
          machineDetectionSilenceTimeout: 2000...10000
          amdStatusCallback: url
          amdStatusCallbackMethod: one of GET POST

        ?Uri in Sip with text required
          priority: 0...
          weight: 0...
          username: text
          password: text

        ?Headers in Sip

        ?Header in Headers
          !name: text
          !value: text

        Queue in Dial with text at most 1
          url: url
          method: one of GET POST
          reservationSid: sid WR
          postWorkActivitySid: sid WA

        Application in Dial with text at most 1
          customerId: text to 256
          copyParentTo: flag
          ?url: url
          ?method: one of GET POST
          ?statusCallbackEvent: some of initiated ringing answered completed
          ?statusCallback: url
          ?statusCallbackMethod: one of GET POST

        ApplicationSid in Application with text required

        ?WhatsApp in Dial with text required
          url: url
          method: one of GET POST
          statusCallbackEvent: some of initiated ringing answered completed
          statusCallback: url
          statusCallbackMethod: one of GET POST

        Parameter in Client Application Stream Siprec Transcription VirtualAgent \
        ConversationRelay Pay Hangup Reject
          !name: text
          !value: text

        Config in VirtualAgent Transcription
          !name: text
          !value: text

        Enqueue in Response with text
          action: url
          method: one of GET POST
          ?maxQueueSize: 0...
          waitUrl: url or nothing
          waitUrlMethod: one of GET POST
          workflowSid: sid WW

        Task in Enqueue with text
          priority: 0...
          timeout: 0...

        Leave in Response

        Hangup in Response

        Reject in Response
          reason: one of rejected busy

        Redirect in Response with text
          method: one of GET POST

        Refer in Response
          action: url
          method: one of GET POST

        Sip in Refer with text required

        Connect in Response
          action: url
          method: one of GET POST

        Stream in Start Connect
          url: wss url
          name: text
          track: one of inbound_track outbound_track both_tracks
          connectorName: text
          statusCallback: url
          statusCallbackMethod: one of GET POST
          ?audioFormat: text
          ?sampleRate: text

        ConversationRelay in Connect
          !url: wss url
          welcomeGreeting: text
          welcomeGreetingInterruptible: one of none dtmf speech any
          language: word
          ttsLanguage: word
          ttsProvider: one of Google Amazon ElevenLabs
          voice: text
          transcriptionLanguage: word
          transcriptionProvider: one of Google Deepgram
          speechModel: text
          interruptible: one of none dtmf speech any true false
          interruptSensitivity: one of low medium high
          dtmfDetection: flag
          reportInputDuringAgentSpeech: one of none dtmf speech any
          preemptible: flag
          hints: list
          debug: some of debugging speaker-events tokens-played
          elevenlabsTextNormalization: one of on auto off
          intelligenceService: text
          partialPrompts: flag
          profanityFilter: flag
          ?events: text
          ?backgroundNoiseReduction: text
          ?speechTimeout: text
          ?deepgramSmartFormat: text
          ?ignoreBackchannel: text
          ?partialPromptOnHangup: flag
          ?eagerEotThreshold: decimal
          ?asrSmartFormat: flag
          ?ttsTextNormalization: one of auto on off
          ?ttsLanguageTextNormalization: flag
          ?includeInPrompt: some of turn-state prompt-segments
          ?customerName: text
          ?applicationReconnect: flag
          ?echoPromptFiltering: flag
          ?turnDetection: flag

        Language in ConversationRelay
          !code: word
          ttsProvider: one of Google Amazon ElevenLabs
          voice: text
          transcriptionProvider: one of Google Deepgram
          speechModel: text
          ?hints: list
          ?asrSmartFormat: flag
          ?ttsTextNormalization: one of auto on off
          ?ttsLanguageTextNormalization: flag

        Room in Connect with text required
          participantIdentity: text

        ?VirtualAgent in Connect
          !connectorName: text
          language: word
          sentimentAnalysis: flag
          statusCallback: url
          statusCallbackMethod: one of GET POST

        ?Conversation in Connect
          !serviceInstanceSid: sid IS
          inboundAutocreation: flag
          routingAssignmentTimeout: 0...
          inboundTimeout: 0...
          url: url
          method: one of GET POST
          record: one of do-not-record record-from-answer record-from-ringing
              record-from-answer-dual record-from-ringing-dual true false
          trim: one of trim-silence do-not-trim
          recordingStatusCallback: url
          recordingStatusCallbackMethod: one of GET POST
          recordingStatusCallbackEvent: some of in-progress completed absent
          statusCallback: url
          statusCallbackMethod: one of GET POST
          statusCallbackEvent: some of call-initiated call-ringing call-answered call-completed

        ?AiSession in Connect
          aiConnector: text
          aiSessionConfiguration: text

        ?ConversationRelaySession in Connect
          connector: text
          sessionConfiguration: text

        Start in Response
          ?action: url
          ?method: one of GET POST

        Stop in Response

        Stream in Stop
          name: text

        Siprec in Stop
          name: text

        Transcription in Stop
          name: text

        Recording in Stop
          name: text

        ?Siprec in Start
          name: text
          connectorName: text
          track: one of inbound_track outbound_track both_tracks
          statusCallback: url
          statusCallbackMethod: one of GET POST

        Transcription in Start
          name: text
          statusCallbackUrl: url
          statusCallbackMethod: one of GET POST
          languageCode: word
          track: one of inbound_track outbound_track both_tracks
          inboundTrackLabel: text
          outboundTrackLabel: text
          transcriptionEngine: one of google deepgram
          speechModel: text
          enableProviderData: flag
          profanityFilter: flag
          partialResults: flag
          hints: list
          enableAutomaticPunctuation: flag
          intelligenceService: text
          conversationConfiguration: text
          conversationId: text

        Recording in Start
          name: text
          recordingStatusCallback: url
          recordingStatusCallbackMethod: one of GET POST
          recordingStatusCallbackEvent: some of in-progress completed absent
          trim: one of trim-silence do-not-trim
          track: one of inbound outbound both
          channels: one of mono dual
          recordingConfigurationId: text

        Pay in Response
          input: one of dtmf
          action: url
          statusCallback: url
          statusCallbackMethod: one of GET POST
          paymentMethod: one of credit-card ach-debit
          bankAccountType: one of consumer-checking consumer-savings commercial-checking
              commercial-savings
          timeout: 1...
          maxAttempts: 1...3
          securityCode: flag
          postalCode: text
          minPostalCodeLength: 1...
          paymentConnector: text
          tokenType: one of one-time reusable payment-method
          chargeAmount: decimal
          currency: text
          description: text
          validCardTypes: some of visa mastercard amex maestro discover optima jcb diners-club
              enroute
          language: one of de-DE en-AU en-CA en-GB en-IN en-IE en-NZ en-PH en-ZA en-US es-ES es-MX
              es-US fr-CA fr-FR it-IT

        Prompt in Pay
          !for: one of payment-card-number expiration-date security-code postal-code
              payment-processing bank-account-number bank-routing-number
          errorType: some of timeout invalid-card-number invalid-card-type invalid-date
              invalid-security-code internal-error input-matching-failed
          cardType: some of visa mastercard amex maestro discover optima jcb diners-club enroute
          attempt: numbers
          requireMatchingInputs: flag

        break in Say emphasis lang p prosody s w
          strength: one of none x-weak weak medium strong x-strong
          time: pause

        emphasis in Say emphasis lang p prosody s w with text
          level: one of strong moderate reduced

        lang in Say emphasis lang p prosody s with text
          !xml:lang: word

        p in Say lang prosody with text

        phoneme in Say emphasis lang p prosody s w with text required
          alphabet: one of ipa x-sampa x-amazon-jyutping x-amazon-pinyin x-amazon-pron-kana
              x-amazon-yomigana
          !ph: text

        prosody in Say emphasis lang p prosody s w with text
          volume: text
          rate: text
          pitch: text

        s in Say lang p prosody with text

        say-as in Say emphasis lang p prosody s w with text required
          !interpret-as: one of characters spell-out cardinal number ordinal digits fraction unit
              date time address expletive telephone
          format: one of mdy dmy ymd md dm ym my d m y yyyymmdd

        sub in Say emphasis lang p prosody s w with text required
          !alias: text

        w in Say emphasis lang p prosody s with text
          role: text

        sms Response

        sms Message in Response with text required
          to: text
          from: text
          action: url
          method: one of GET POST

        sms Body in Message with text required

        sms Media in Message with text required at most 10

        sms Redirect in Response with text required
          method: one of GET POST
        """
}
