/// The verb table: what a verb is called, where it runs and what it takes stands once, here.
package enum VerbTable {
    /// In the order of the reference page.
    package static let rows: [VerbRow] = [
        say, play, pause, menu, ask, gather, record, dial, enqueue, connect, start, stop, pay, refer, goto,
        `if`, `switch`, run, `return`, set,
        fetch, send, log, hangup, end, leave, accept, decline, reject, redirect,
    ]

    package static func row(of verb: Verb) -> VerbRow {
        byVerb[verb] ?? VerbRow(verb, on: [], "", takes: .nothing)
    }

    private static let byVerb: [Verb: VerbRow] = Dictionary(
        uniqueKeysWithValues: rows.map { ($0.verb, $0) })

    private static let both: [FlowChannel] = [.voice, .sms]

    // MARK: places, as the provider's documentation has them (twiml.yaml, contexts)

    /// Steps that make no verb of a document, and those that the provider allows everywhere.
    private static let everywhere = FlowPlace.allCases
    private static let waits: [FlowPlace] = [.queueWait, .conferenceWait]
    /// Where somebody may press keys or speak.
    private static let listening: [FlowPlace] = [.call, .queueWait, .whisper]

    // MARK: speaking

    static let say = VerbRow(
        .say, on: both, in: everywhere, "Speaks; in sms, sends. Neighbouring texts become one message.",
        takes: .required(.prompt),
        options: [
            OptionRow(
                "loop", .integer(0...1000), "How often it is said; 0 is until hang-up.", standard: "1",
                on: [.voice], source: "Say loop"),
            OptionRow("voice", .text, "Another voice than the flow's.", on: [.voice], source: "Say voice"),
            OptionRow(
                "max_segments", .integer(1...10), "The longest message, in segments; what is longer is cut.",
                standard: "as long as the provider takes", on: [.sms]),
            OptionRow("media", .list(.url), "Pictures or files to attach.", on: [.sms], source: "Media"),
        ])

    static let play = VerbRow(
        .play, on: [.voice], in: everywhere, "Plays an audio file, or keys as tones.", takes: .optional(.url),
        options: [
            OptionRow(
                "loop", .integer(0...1000), "How often it is played; 0 is until hang-up.", standard: "1",
                source: "Play loop"),
            OptionRow(
                "digits", .tones, "Tones instead of a file; `w` waits half a second, `W` a second.",
                source: "Play digits"),
        ])

    static let pause = VerbRow(
        .pause, on: [.voice], in: [.call, .queueWhisper] + waits, unverifiedIn: [.whisper], "A silence.",
        takes: .optional(.duration(1000...600_000)))

    // MARK: listening

    /// What `menu` and `ask` share.
    private static let failures: [OptionRow] = [
        OptionRow("attempts", .integer(1...10), "How often it is asked in all.", standard: "3"),
        OptionRow(
            "timeout", .duration(1000...60_000), "How long the caller may be silent.", standard: "5s",
            on: [.voice], source: "Gather timeout"),
        OptionRow(
            "finish_on", .key, "The key that ends the input.", standard: "#", on: [.voice],
            source: "Gather finishOnKey"),
        OptionRow(
            "speech_timeout", .duration(1000...60_000), "The silence that ends speech.",
            standard: "the first pause", on: [.voice], source: "Gather speechTimeout"),
        OptionRow(
            "speech_model", .text, "The model of recognition.", on: [.voice], source: "Gather speechModel"),
        OptionRow(
            "profanity_filter", .bool, "Whether swear words are hidden.", standard: "true", on: [.voice],
            source: "Gather profanityFilter"),
        OptionRow(
            "hints", .list(.shortText(100)), "Further phrases to expect.", on: [.voice],
            source: "Gather hints"),
        OptionRow(
            "max_speech_time", .duration(1000...60_000), "The longest speech.", on: [.voice],
            source: "Gather maxSpeechTime", unverified: true),
        OptionRow(
            "barge_in", .bool, "Whether a key or speech cuts the prompt off.", standard: "true", on: [.voice],
            source: "Gather bargeIn", unverified: true),
        OptionRow(
            "debug", .bool, "Whether the provider logs more.", on: [.voice], source: "Gather debug",
            unverified: true),
        OptionRow("no_input", .prompt, "Said after a silence.", on: [.voice]),
        OptionRow("no_input_prompts", .prompts, "The n-th silence hears the n-th.", on: [.voice]),
        OptionRow("no_match", .prompt, "Said after a wrong answer."),
        OptionRow("no_match_prompts", .prompts, "The n-th wrong answer hears the n-th."),
        OptionRow("otherwise", .target, "Where the last failure leads."),
    ]

    static let menu = VerbRow(
        .menu, on: both, in: listening, "Asks the caller to choose.", takes: .required(.prompt),
        options: [
            OptionRow("choices", .choices, "Keys and phrases, and where they lead.", required: true),
            OptionRow("phrases", .phrases, "A phrase's forms, per language."),
            OptionRow(
                "sensitive", .bool, "Whether what is chosen is shown nowhere.", standard: "false"),
        ] + failures)

    static let ask = VerbRow(
        .ask, on: both, in: listening, "Asks for a value.", takes: .required(.prompt),
        options: [
            OptionRow("as", .type, "The type of the answer.", required: true),
            OptionRow("into", .variable, "The variable that takes it.", required: true),
            OptionRow(
                "keys", .phrases, "The keys of each of the words that `as` names.",
                standard: "1, 2, 3 … in order"),
            OptionRow("choices", .choices, "Ways out, such as `star: again`."),
            OptionRow(
                "phrases", .phrases, "The forms of a phrase, or of a word that `as` names, per language."),
            OptionRow(
                "confirm", .bool, "Whether the answer is read back and asked for once more if it is wrong.",
                standard: "false"),
            OptionRow("sensitive", .bool, "Whether the answer is a `secret`.", standard: "false"),
        ] + failures)

    static let gather = VerbRow(
        .gather, on: [.voice], in: listening, "The raw form of listening.", takes: .optional(.prompt),
        options: [
            OptionRow(
                "input", .list(.words(["dtmf", "speech"])), "What is listened to.", standard: "[dtmf]",
                source: "Gather input"),
            OptionRow("digits", .integer(1...64), "How many keys end the input.", source: "Gather numDigits"),
            OptionRow(
                "finish_on", .key, "The key that ends the input.", standard: "#",
                source: "Gather finishOnKey"),
            OptionRow("hints", .list(.shortText(100)), "Phrases to expect.", source: "Gather hints"),
            OptionRow(
                "timeout", .duration(1000...60_000), "How long the caller may be silent.", standard: "5s",
                source: "Gather timeout"),
            OptionRow(
                "speech_timeout", .duration(1000...60_000), "The silence that ends speech.",
                standard: "the first pause", source: "Gather speechTimeout"),
            OptionRow("speech_model", .text, "The model of recognition.", source: "Gather speechModel"),
            OptionRow(
                "profanity_filter", .bool, "Whether swear words are hidden.", standard: "true",
                source: "Gather profanityFilter"),
            OptionRow(
                "max_speech_time", .duration(1000...60_000), "The longest speech.",
                source: "Gather maxSpeechTime", unverified: true),
            OptionRow(
                "barge_in", .bool, "Whether a key or speech cuts the prompt off.", standard: "true",
                source: "Gather bargeIn", unverified: true),
            OptionRow(
                "debug", .bool, "Whether the provider logs more.", source: "Gather debug", unverified: true),
            OptionRow(
                "partial_results", .url,
                "A URL outside the flow that is told what is heard while it is said.",
                source: "Gather partialResultCallback"),
            method("partial_results_method", "Gather partialResultCallbackMethod"),
            OptionRow(
                "into", .variable, "A record with `digits?`, `speech?` and `confidence?`.", required: true),
            OptionRow(
                "sensitive", .bool, "Whether `digits` and `speech` are `secret`.", standard: "false"),
            OptionRow("otherwise", .target, "Where silence leads."),
        ])

    static let record = VerbRow(
        .record, on: [.voice], "Records a message, as voicemail does.", takes: .optional(.prompt),
        options: [
            OptionRow(
                "max", .duration(2000...14_400_000), "The longest recording.", standard: "1h",
                source: "Record maxLength"),
            OptionRow(
                "timeout", .duration(1000...60_000), "The silence that ends it.", standard: "5s",
                source: "Record timeout"),
            OptionRow(
                "finish_on", .keys, "The keys that end it.", standard: "any", source: "Record finishOnKey"),
            OptionRow(
                "beep", .bool, "Whether a tone is heard before.", standard: "true", source: "Record playBeep"),
            OptionRow(
                "trim", .words(["trim-silence", "do-not-trim"]), "Whether silence is cut off.",
                standard: "trim-silence", source: "Record trim"),
            OptionRow(
                "configuration_id", .text, "A configuration of the account.",
                source: "Record recordingConfigurationId"),
            OptionRow(
                "transcribe", .bool,
                "Whether it is written down, in English; `on: transcription` gets the text.",
                standard: "false", source: "Record transcribe"),
            recordingEvents("Record"),
            OptionRow("into", .variable, "The Recording: `url`, `seconds`, `key?`."),
            OptionRow("otherwise", .target, "Where it leads if nothing was recorded."),
        ])

    // MARK: callbacks

    /// Where a URL outside the flow is told of one side of a call.
    private static func legEvents(_ element: String, unverified: Bool = false) -> [OptionRow] {
        [
            OptionRow(
                "status_callback", .url, "A URL outside the flow that is told how its call goes.",
                source: "\(element) statusCallback", unverified: unverified),
            OptionRow(
                "status_callback_event",
                .list(.words(["initiated", "ringing", "answered", "completed"])), "What it is told.",
                standard: "[completed]", source: "\(element) statusCallbackEvent", unverified: unverified),
            method("status_callback_method", "\(element) statusCallbackMethod", unverified: unverified),
        ]
    }

    /// How a URL outside the flow is asked.
    static func method(_ name: String, _ source: String, unverified: Bool = false) -> OptionRow {
        OptionRow(
            name, .words(["GET", "POST"]), "The HTTP method of that URL.", standard: "POST", source: source,
            unverified: unverified)
    }

    /// Where a URL outside the flow is told whether a machine answered.
    private static func machineEvents(_ element: String) -> [OptionRow] {
        [
            OptionRow(
                "amd_status_callback", .url, "A URL outside the flow that is told who answered.",
                source: "\(element) amdStatusCallback"),
            method("amd_status_callback_method", "\(element) amdStatusCallbackMethod"),
        ]
    }

    /// What `on: recording` hears of.
    static func recordingEvents(_ element: String, unverified: Bool = false) -> OptionRow {
        OptionRow(
            "recording_events", .list(.words(["in-progress", "completed", "absent"])),
            "What `on: recording` hears of.", standard: "[completed]",
            source: "\(element) recordingStatusCallbackEvent", unverified: unverified)
    }

    // MARK: connecting

    private static let sipUris = [
        OptionRow("uri", .sipAddress, "The address.", required: true, source: "Uri"),
        OptionRow(
            "priority", .integer(0...65_535), "The smallest is tried first.", source: "Uri priority"),
        OptionRow(
            "weight", .integer(0...65_535), "How often it is the one among those of its priority.",
            source: "Uri weight"),
        OptionRow("username", .text, "For the SIP server.", source: "Uri username"),
        OptionRow(
            "password", .credential, "For the SIP server.", source: "Uri password"),
    ]

    static let dial = VerbRow(
        .dial, on: [.voice], "Calls somebody and connects the caller.",
        takes: .required(
            .manyOf(
                .object(
                    scalar: .phone,
                    kinds: [
                        ObjectRow(
                            "number", .phone, "A phone number.",
                            options: [
                                OptionRow(
                                    "send_digits", .tones, "Tones played after the answer.",
                                    source: "Number sendDigits"),
                                OptionRow(
                                    "whisper", .roleFlow(.whisper),
                                    "What the called side hears before it is connected.",
                                    source: "Number url"),
                                OptionRow("byoc", .sid("BY"), "A trunk of your own.", source: "Number byoc"),
                                OptionRow(
                                    "machine_detection", .words(["Enable", "DetectMessageEnd"]),
                                    "Whether a machine is told from a person.",
                                    source: "Number machineDetection"),
                                OptionRow(
                                    "machine_detection_timeout", .duration(3000...60_000),
                                    "How long that may take.", standard: "30s",
                                    source: "Number machineDetectionTimeout"),
                                OptionRow(
                                    "machine_detection_speech_threshold", .duration(1000...6000),
                                    "Speech longer than this is a machine.", standard: "2400ms",
                                    source: "Number machineDetectionSpeechThreshold", inMilliseconds: true),
                                OptionRow(
                                    "machine_detection_speech_end_threshold", .duration(500...5000),
                                    "The silence that ends speech.", standard: "1200ms",
                                    source: "Number machineDetectionSpeechEndThreshold", inMilliseconds: true),
                                OptionRow(
                                    "machine_detection_silence_timeout", .duration(2000...10_000),
                                    "Silence after which it gives up.", standard: "5s",
                                    source: "Number machineDetectionSilenceTimeout", inMilliseconds: true),
                            ] + legEvents("Number") + machineEvents("Number"), source: "Number"),
                        ObjectRow(
                            "client", .shortText(256), "A browser or app.",
                            options: [
                                OptionRow(
                                    "client_notification_url", .url,
                                    "A URL outside the flow that wakes the app up.",
                                    source: "Client clientNotificationUrl"),
                                OptionRow(
                                    "whisper", .roleFlow(.whisper),
                                    "What the called side hears before it is connected.",
                                    source: "Client url"),
                                OptionRow(
                                    "parameters", .assignments, "Values that are handed over by name.",
                                    source: "Parameter"),
                            ] + legEvents("Client"), source: "Client"),
                        ObjectRow(
                            "sip", .sipAddress, "A SIP address.",
                            options: [
                                OptionRow(
                                    "whisper", .roleFlow(.whisper),
                                    "What the called side hears before it is connected.",
                                    source: "Sip url"),
                                OptionRow("username", .text, "For the SIP server.", source: "Sip username"),
                                OptionRow(
                                    "password", .credential, "For the SIP server.",
                                    source: "Sip password"),
                                OptionRow(
                                    "headers", .assignments, "Headers of the call, by name.",
                                    source: "Header", unverified: true),
                                OptionRow(
                                    "priority", .integer(0...65_535),
                                    "Of this address among `uris`: the smallest is tried first.",
                                    source: "Uri priority", unverified: true),
                                OptionRow(
                                    "weight", .integer(0...65_535),
                                    "Of this address among those of its priority: how often it is the one.",
                                    source: "Uri weight", unverified: true),
                                OptionRow(
                                    "uris", .records(sipUris), "Further addresses of the same one.",
                                    source: "Uri", unverified: true),
                                OptionRow(
                                    "machine_detection", .words(["Enable", "DetectMessageEnd"]),
                                    "Whether a machine is told from a person.", source: "Sip machineDetection"
                                ),
                                OptionRow(
                                    "machine_detection_timeout", .duration(3000...60_000),
                                    "How long that may take.", standard: "30s",
                                    source: "Sip machineDetectionTimeout"),
                                OptionRow(
                                    "machine_detection_speech_threshold", .duration(1000...6000),
                                    "Speech longer than this is a machine.", standard: "2400ms",
                                    source: "Sip machineDetectionSpeechThreshold", inMilliseconds: true),
                                OptionRow(
                                    "machine_detection_speech_end_threshold", .duration(500...5000),
                                    "The silence that ends speech.", standard: "1200ms",
                                    source: "Sip machineDetectionSpeechEndThreshold", inMilliseconds: true),
                                OptionRow(
                                    "machine_detection_silence_timeout", .duration(2000...10_000),
                                    "Silence after which it gives up.", standard: "5s",
                                    source: "Sip machineDetectionSilenceTimeout", inMilliseconds: true),
                            ] + legEvents("Sip") + machineEvents("Sip"), source: "Sip"),
                        ObjectRow(
                            "queue", .shortText(64), "The first one who waits in a queue.",
                            options: [
                                OptionRow(
                                    "whisper", .roleFlow(.whisper),
                                    "What the one who waited hears before they are connected.",
                                    source: "Queue url"),
                                OptionRow(
                                    "reservation_sid", .sid("WR"), "A reservation of TaskRouter.",
                                    source: "Queue reservationSid"),
                                OptionRow(
                                    "post_work_activity_sid", .sid("WA"), "The activity behind it.",
                                    source: "Queue postWorkActivitySid"),
                            ], source: "Queue"),
                        ObjectRow(
                            "conference", .shortText(128), "A conference room.",
                            options: [
                                OptionRow(
                                    "wait", .roleFlow(.wait), "What is heard until the talk begins.",
                                    standard: "the provider's music", source: "Conference waitUrl"),
                                OptionRow(
                                    "muted", .bool, "Whether the caller only listens.", standard: "false",
                                    source: "Conference muted"),
                                OptionRow(
                                    "beep", .words(["true", "false", "onEnter", "onExit"]),
                                    "When a tone is heard.", standard: "true", source: "Conference beep"),
                                OptionRow(
                                    "start_on_enter", .bool, "Whether the talk begins with this caller.",
                                    standard: "true", source: "Conference startConferenceOnEnter"),
                                OptionRow(
                                    "end_on_exit", .bool, "Whether it ends with this caller.",
                                    standard: "false", source: "Conference endConferenceOnExit"),
                                OptionRow(
                                    "label", .shortText(128), "A label, unique in the room.",
                                    source: "Conference participantLabel"),
                                OptionRow(
                                    "jitter_buffer_size", .words(["large", "medium", "small", "off"]),
                                    "How much jitter is evened out.", standard: "large",
                                    source: "Conference jitterBufferSize"),
                                OptionRow(
                                    "max_participants", .integer(1...250), "How many may be there.",
                                    standard: "250", source: "Conference maxParticipants"),
                                OptionRow(
                                    "recording", .words(["do-not-record", "record-from-start"]),
                                    "Whether it is recorded.", standard: "do-not-record",
                                    source: "Conference record"),
                                OptionRow(
                                    "configuration_id", .text, "A configuration of the account.",
                                    source: "Conference recordingConfigurationId"),
                                OptionRow(
                                    "region",
                                    .words(["us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1"]),
                                    "Where it is mixed.", source: "Conference region"),
                                OptionRow(
                                    "trim", .words(["trim-silence", "do-not-trim"]),
                                    "Whether silence is cut off.", standard: "trim-silence",
                                    source: "Conference trim"),
                                OptionRow(
                                    "coach", .sid("CA"), "The CallSid of who is coached.",
                                    source: "Conference coach"),
                                OptionRow(
                                    "status_callback", .url,
                                    "A URL outside the flow that is told what happens in the room.",
                                    source: "Conference statusCallback"),
                                method("status_callback_method", "Conference statusCallbackMethod"),
                                OptionRow(
                                    "status_callback_event",
                                    .list(
                                        .words([
                                            "start", "end", "join", "leave", "mute", "hold", "modify",
                                            "speaker", "announcement",
                                        ])), "What it is told.",
                                    source: "Conference statusCallbackEvent"),
                                recordingEvents("Conference"),
                            ], source: "Conference"),
                        ObjectRow(
                            "whatsapp", .phone, "A WhatsApp user.",
                            options: [
                                OptionRow(
                                    "whisper", .roleFlow(.whisper),
                                    "What the called side hears before it is connected.",
                                    source: "WhatsApp url", unverified: true)
                            ] + legEvents("WhatsApp", unverified: true), source: "WhatsApp", unverified: true),
                        ObjectRow(
                            "application", .sid("AP"), "Another application of the account, by its sid.",
                            options: [
                                OptionRow(
                                    "whisper", .roleFlow(.whisper),
                                    "What the called side hears before it is connected.",
                                    source: "Application url", unverified: true),
                                OptionRow(
                                    "customer_id", .shortText(256), "Who calls.",
                                    source: "Application customerId"),
                                OptionRow(
                                    "copy_parent_to", .bool, "Whether it gets the number that was called.",
                                    standard: "false", source: "Application copyParentTo"),
                                OptionRow(
                                    "parameters", .assignments, "Values that are handed over by name.",
                                    source: "Parameter"),
                            ] + legEvents("Application", unverified: true), source: "ApplicationSid"),
                    ]))),
        options: [
            OptionRow(
                "timeout", .duration(5000...600_000), "How long it rings.", standard: "30s",
                source: "Dial timeout"),
            OptionRow("caller_id", .text, "The number that is shown.", source: "Dial callerId"),
            OptionRow(
                "limit", .duration(1000...14_400_000), "The longest talk.", standard: "4h",
                source: "Dial timeLimit"),
            OptionRow(
                "in_turn", .bool, "One after another instead of at once.", standard: "false",
                source: "Dial sequential"),
            OptionRow(
                "recording",
                .words([
                    "do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual",
                    "record-from-ringing-dual",
                ]), "Whether the talk is recorded.", standard: "do-not-record", source: "Dial record"),
            OptionRow(
                "recording_track", .words(["inbound", "outbound", "both"]), "Which side is recorded.",
                standard: "both", source: "Dial recordingTrack"),
            recordingEvents("Dial"),
            OptionRow(
                "trim", .words(["trim-silence", "do-not-trim"]), "Whether silence is cut off.",
                standard: "do-not-trim", source: "Dial trim"),
            OptionRow(
                "configuration_id", .text, "A configuration of the account.",
                source: "Dial recordingConfigurationId"),
            OptionRow(
                "answer_on_bridge", .bool, "Whether the caller hears ringing until somebody answers.",
                standard: "false", source: "Dial answerOnBridge"),
            OptionRow(
                "hangup_on_star", .bool, "Whether the caller's star ends the talk.", standard: "false",
                source: "Dial hangupOnStar"),
            OptionRow(
                "ring_tone",
                .words([
                    "at", "au", "bg", "br", "be", "ch", "cl", "cn", "cz", "de", "dk", "ee", "es", "fi", "fr",
                    "gr", "hu", "il", "in", "it", "lt", "jp", "mx", "my", "nl", "no", "nz", "ph", "pl", "pt",
                    "ru", "se", "sg", "th", "uk", "us", "us-old", "tw", "ve", "za",
                ]), "The ringing of a country.", source: "Dial ringTone"),
            OptionRow(
                "call_reason", .shortText(50), "Shown to the called side.", source: "Dial callReason"),
            OptionRow(
                "refer_url", .url,
                "A URL outside the flow that takes the call over when the called side refers it elsewhere.",
                source: "Dial referUrl"),
            method("refer_method", "Dial referMethod"),
            OptionRow(
                "events", .words(["call-progress-event"]), "Events to report.", source: "Dial events",
                unverified: true),
            OptionRow("passports", .text, "Identity passports.", source: "Dial passports", unverified: true),
            OptionRow("into", .variable, "What came of it: `status?`, `seconds?`, `recording?` …"),
            OptionRow(
                "allow", .list(.text), "How a number or name that a caller can choose must begin, or `any`."),
            OptionRow("answered", .target, "They talked, and the other side ended it.", standard: "hangup"),
            OptionRow(
                "declined", .target, "The whisper declined, or the called side hung up before it accepted."),
            OptionRow("busy", .target, "The line was busy."),
            OptionRow("no_answer", .target, "Nobody answered."),
            OptionRow("failed", .target, "The call couldn't be placed."),
            OptionRow("canceled", .target, "The call was canceled."),
            OptionRow("otherwise", .target, "What went wrong and isn't named."),
        ])

    static let enqueue = VerbRow(
        .enqueue, on: [.voice], "Puts the caller into a queue.",
        takes: .required(
            .object(
                scalar: .shortText(64),
                kinds: [
                    ObjectRow(
                        "queue", .shortText(64), "A queue's name.",
                        options: [
                            OptionRow(
                                "max_queue_size", .integer(1...5000), "How many may wait in it.",
                                source: "Enqueue maxQueueSize", unverified: true)
                        ], source: "Enqueue"),
                    ObjectRow(
                        "workflow", .sid("WW"), "A TaskRouter workflow.",
                        options: [
                            OptionRow("task", .data, "The task's attributes.", source: "Task"),
                            OptionRow(
                                "priority", .integer(0...1_000_000), "The task's priority.", standard: "0",
                                source: "Task priority"),
                            OptionRow(
                                "task_timeout", .duration(1000...1_209_600_000),
                                "How long the task may live.", standard: "24h", source: "Task timeout"),
                            OptionRow(
                                "instruction", .instruction,
                                "What TaskRouter does once it has found a worker: `dequeue`, or `{dequeue: {…}}`."
                            ),
                        ], source: "Enqueue workflowSid"),
                ])),
        options: [
            OptionRow(
                "wait", .roleFlow(.wait), "What the caller hears in the queue.",
                standard: "the provider's music", source: "Enqueue waitUrl"),
            OptionRow("into", .variable, "What came of it: `status?`, `seconds?`, `sid?`."),
            OptionRow("allow", .list(.text), "How a name that a caller can choose must begin, or `any`."),
            OptionRow("bridged", .target, "They talked.", standard: "hangup"),
            OptionRow("left", .target, "The caller left the queue."),
            OptionRow(
                "leaves", .cases, "The names that the wait flow leaves by: `voicemail: message`.",
                unnamed: true),
            OptionRow("full", .target, "The queue was full."),
            OptionRow("failed", .target, "It couldn't be done."),
            OptionRow("otherwise", .target, "What went wrong and isn't named."),
        ])

    // MARK: the way

    static let goto = VerbRow(
        .goto, on: both, in: everywhere, "Goes on in a state.", takes: .required(.state))

    static let `if` = VerbRow(
        .if, on: both, in: everywhere, "Takes one of two ways.", takes: .required(.expression),
        options: [
            OptionRow("then", .target, "The way if it holds.", required: true),
            OptionRow("else", .target, "The way if it doesn't.", standard: "next"),
        ])

    static let `switch` = VerbRow(
        .switch, on: both, in: everywhere, "Takes a way by a value.", takes: .required(.expression),
        options: [
            OptionRow("cases", .cases, "Values and where they lead.", required: true),
            OptionRow("otherwise", .target, "The way of all other values."),
        ])

    static let run = VerbRow(
        .run, on: both, in: everywhere, "Runs another flow of the project, and goes on when that returns.",
        takes: .required(.flow),
        options: [
            OptionRow("with", .assignments, "Values for the flow's params."),
            OptionRow("into", .variable, "The variable that takes what it returns."),
        ])

    static let `return` = VerbRow(
        .return, on: both, in: everywhere,
        "Goes back to the flow that ran this one; ends the conversation if none did.",
        takes: .optional(.value))

    static let set = VerbRow(
        .set, on: both, in: everywhere, "Sets variables.", takes: .required(.assignments))

    static let fetch = VerbRow(
        .fetch, on: both, in: everywhere, "An HTTP call.", takes: .required(.url),
        options: [
            OptionRow(
                "method", .words(["GET", "POST", "PUT", "PATCH", "DELETE"]), "The HTTP method.",
                standard: "GET; POST with a body"),
            OptionRow("query", .assignments, "Parameters of the URL; `none` leaves one out."),
            OptionRow("headers", .assignments, "Headers of the request."),
            OptionRow("json", .data, "A JSON body."),
            OptionRow("form", .assignments, "A form as body."),
            OptionRow("auth", .fields(["user", "password", "bearer"]), "Credentials."),
            OptionRow("returns", .type, "The type of the answer."),
            OptionRow("into", .variable, "The variable that takes the answer."),
            OptionRow("timeout", .duration(100...11_000), "How long it may take.", standard: "4s"),
            OptionRow("retry", .integer(0...3), "How often it is tried again.", standard: "0"),
            OptionRow("once", .bool, "Never repeated after a crash.", standard: "false"),
            OptionRow(
                "allow", .list(.text), "How a URL whose host a caller can choose must begin, or `any`."),
            OptionRow(
                "statuses", .cases, "Written as numbers beside the verb: `404: unknown`.", unnamed: true),
            OptionRow("failed", .target, "Where a failure leads."),
        ])

    static let send = VerbRow(
        .send, on: both, "Texts somebody, after the turn and besides its answer.", takes: .required(.prompt),
        options: [
            OptionRow("to", .phone, "Who gets it.", required: true),
            OptionRow("from", .phone, "The number that it comes from.", standard: "the flow's own number"),
            OptionRow("media", .list(.url), "Pictures or files to attach."),
            OptionRow("allow", .list(.text), "Prefixes that may be texted, or `any`."),
        ])

    static let log = VerbRow(
        .log, on: both, in: [.call, .whisper, .queueWhisper], "An event for analytics.",
        takes: .required(.assignments))

    // MARK: the end

    static let hangup = VerbRow(
        .hangup, on: [.voice], in: [.call, .queueWait], "Hangs up.", takes: .nothing)

    static let end = VerbRow(
        .end, on: both, in: [.call] + waits, "Ends the conversation; a wait flow is played again.",
        takes: .nothing)

    static let leave = VerbRow(
        .leave, on: [.voice], in: [.queueWait],
        "In a wait flow: takes the caller out of the queue, to the outcome `left` or one of this name.",
        takes: .optional(.outcome))

    static let accept = VerbRow(
        .accept, on: [.voice], in: FlowRole.whisper.places,
        "In a whisper flow: connects the called side with the caller.", takes: .nothing)

    /// `<Hangup>` declines; where somebody waited in a queue the provider doesn't allow it.
    static let decline = VerbRow(
        .decline, on: [.voice], in: [.whisper],
        "In a whisper flow: hangs up the called side, and the caller's `dial` was `declined`.",
        takes: .nothing)

    static let reject = VerbRow(
        .reject, on: [.voice], "Refuses a call before it is answered.",
        takes: .optional(.words(["rejected", "busy"])))

    static let redirect = VerbRow(
        .redirect, on: both, in: [.call, .queueWhisper] + waits, unverifiedIn: [.whisper],
        "Hands over to a URL outside the flow.", takes: .required(.url),
        options: [
            OptionRow(
                "method", .words(["GET", "POST"]), "The HTTP method.", standard: "POST",
                source: "Redirect method"),
            OptionRow("allow", .list(.text), "`any`: the host may be one that a caller chooses."),
        ])
}

extension VerbTable {
    /// The row of a verb as it is written; nil for any other word.
    package static func row(named name: String) -> VerbRow? {
        let length = name.utf8.count
        guard length < byLength.count else { return nil }
        for (verb, row) in byLength[length] where verb == name { return row }
        return nil
    }

    /// Rows by the length of their names: every key of a file is looked up, and few verbs are as long as another.
    private static let byLength: [[(name: String, row: VerbRow)]] = {
        let longest = rows.map { $0.verb.rawValue.utf8.count }.max() ?? 0
        return (0...longest).map { length in
            rows.map { (name: $0.verb.rawValue, row: $0) }.filter { $0.name.utf8.count == length }
        }
    }()
}
