/// Verbs that hand the call to something else, or let something run beside it.
extension VerbTable {
    private static let cards = [
        "visa", "mastercard", "amex", "maestro", "discover", "optima", "jcb", "diners-club", "enroute",
    ]

    private static let relayLanguages = [
        OptionRow(
            "code", .language(or: ["multi"]), "The language.", required: true, source: "Language code"),
        OptionRow(
            "tts_provider", .words(["Google", "Amazon", "ElevenLabs"]), "Who speaks it.",
            source: "Language ttsProvider"),
        OptionRow("voice", .text, "The voice.", source: "Language voice"),
        OptionRow(
            "transcription_provider", .words(["Google", "Deepgram"]), "Who transcribes it.",
            source: "Language transcriptionProvider"),
        OptionRow("speech_model", .text, "The model of recognition.", source: "Language speechModel"),
        OptionRow(
            "hints", .list(.text), "Phrases to expect.", source: "Language hints", unverified: true),
        OptionRow(
            "asr_smart_format", .bool, "Whether numbers are written as digits.",
            source: "Language asrSmartFormat", unverified: true),
        OptionRow(
            "tts_text_normalization", .words(["auto", "on", "off"]),
            "How numbers are written out before they are spoken.", source: "Language ttsTextNormalization",
            unverified: true),
        OptionRow(
            "tts_language_text_normalization", .bool, "The same by language.",
            source: "Language ttsLanguageTextNormalization", unverified: true),
    ]

    private static let payPrompts = [
        OptionRow(
            "for",
            .words([
                "payment-card-number", "expiration-date", "security-code", "postal-code",
                "payment-processing", "bank-account-number", "bank-routing-number",
            ]), "What is asked.", required: true, source: "Prompt for"),
        OptionRow("say", .prompt, "What is said.", required: true, source: "Prompt"),
        OptionRow(
            "error_type",
            .list(
                .words([
                    "timeout", "invalid-card-number", "invalid-card-type", "invalid-date",
                    "invalid-security-code", "internal-error", "input-matching-failed",
                ])), "Only after these mistakes.", source: "Prompt errorType"),
        OptionRow("card_type", .list(.words(cards)), "Only for these cards.", source: "Prompt cardType"),
        OptionRow(
            "attempt", .list(.integer(1...10)), "Only the first time, the second …",
            source: "Prompt attempt"),
        OptionRow(
            "require_matching_inputs", .bool, "Whether it is asked for twice.", standard: "false",
            source: "Prompt requireMatchingInputs"),
    ]

    static let connect = VerbRow(
        .connect, on: [.voice], "Hands the call to a server, an agent or a room until that ends.",
        takes: .required(
            .object(
                scalar: nil,
                kinds: [
                    ObjectRow(
                        "stream", .webSocketURL, "A media stream, to and fro, to a WebSocket server.",
                        options: [
                            OptionRow(
                                "track", .words(["inbound_track", "outbound_track", "both_tracks"]),
                                "Which side is heard; connected, only inbound_track.",
                                standard: "inbound_track", source: "Stream track"),
                            OptionRow(
                                "name", .text, "The name that `stop` takes; unique in the call.",
                                source: "Stream name"),
                            OptionRow(
                                "connector_name", .text, "A connector of the provider.",
                                source: "Stream connectorName"),
                            OptionRow(
                                "audio_format", .text, "The form of the audio.", source: "Stream audioFormat",
                                unverified: true),
                            OptionRow(
                                "sample_rate", .text, "Samples a second.", source: "Stream sampleRate",
                                unverified: true),
                            OptionRow(
                                "parameters", .assignments, "Values that are handed over by name.",
                                source: "Parameter"),
                            OptionRow(
                                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                                source: "Stream statusCallback"),
                            method("status_callback_method", "Stream statusCallbackMethod"),
                        ], source: "Stream url"),
                    ObjectRow(
                        "conversation_relay", .webSocketURL,
                        "A talk with a server that gets and gives texts.",
                        options: [
                            OptionRow(
                                "welcome_greeting", .text, "Said first.",
                                source: "ConversationRelay welcomeGreeting"),
                            OptionRow(
                                "welcome_greeting_interruptible", .words(["none", "dtmf", "speech", "any"]),
                                "What interrupts the greeting.", standard: "any",
                                source: "ConversationRelay welcomeGreetingInterruptible"),
                            OptionRow(
                                "language", .language(or: ["multi"]), "Of speech and transcription.",
                                standard: "en-US",
                                source: "ConversationRelay language"),
                            OptionRow(
                                "tts_language", .language(or: ["multi"]), "Of speech.",
                                source: "ConversationRelay ttsLanguage"),
                            OptionRow(
                                "tts_provider", .words(["Google", "Amazon", "ElevenLabs"]), "Who speaks.",
                                standard: "ElevenLabs", source: "ConversationRelay ttsProvider"),
                            OptionRow("voice", .text, "The voice.", source: "ConversationRelay voice"),
                            OptionRow(
                                "transcription_language", .language(or: ["multi"]),
                                "Of transcription; `multi` detects it.",
                                source: "ConversationRelay transcriptionLanguage"),
                            OptionRow(
                                "transcription_provider", .words(["Google", "Deepgram"]), "Who transcribes.",
                                standard: "Deepgram", source: "ConversationRelay transcriptionProvider"),
                            OptionRow(
                                "speech_model", .text, "The model of recognition.",
                                source: "ConversationRelay speechModel"),
                            OptionRow(
                                "interruptible", .words(["none", "dtmf", "speech", "any"]),
                                "What interrupts speech.", standard: "any",
                                source: "ConversationRelay interruptible"),
                            OptionRow(
                                "interrupt_sensitivity", .words(["low", "medium", "high"]),
                                "How easily speech interrupts.", standard: "high",
                                source: "ConversationRelay interruptSensitivity"),
                            OptionRow(
                                "dtmf_detection", .bool, "Whether keys are reported.",
                                source: "ConversationRelay dtmfDetection"),
                            OptionRow(
                                "report_input_during_agent_speech",
                                .words(["none", "dtmf", "speech", "any"]),
                                "What is reported while the agent speaks.", standard: "none",
                                source: "ConversationRelay reportInputDuringAgentSpeech"),
                            OptionRow(
                                "preemptible", .bool, "Whether a later text cuts an earlier one off.",
                                standard: "false", source: "ConversationRelay preemptible"),
                            OptionRow(
                                "hints", .list(.text), "Phrases to expect.", source: "ConversationRelay hints"
                            ),
                            OptionRow(
                                "debug", .list(.words(["debugging", "speaker-events", "tokens-played"])),
                                "What is reported for debugging.", source: "ConversationRelay debug"),
                            OptionRow(
                                "elevenlabs_text_normalization", .words(["on", "auto", "off"]),
                                "How numbers are written out before they are spoken.", standard: "off",
                                source: "ConversationRelay elevenlabsTextNormalization"),
                            OptionRow(
                                "intelligence_service", .text, "A service that analyses the talk.",
                                source: "ConversationRelay intelligenceService"),
                            OptionRow(
                                "partial_prompts", .bool, "Whether parts of what is said are reported.",
                                source: "ConversationRelay partialPrompts"),
                            OptionRow(
                                "profanity_filter", .bool, "Whether swear words are hidden.",
                                source: "ConversationRelay profanityFilter"),
                            OptionRow(
                                "events", .text, "Events to report.", source: "ConversationRelay events",
                                unverified: true),
                            OptionRow(
                                "background_noise_reduction", .text, "Whether noise is reduced.",
                                source: "ConversationRelay backgroundNoiseReduction", unverified: true),
                            OptionRow(
                                "speech_timeout", .text, "The silence that ends speech.",
                                source: "ConversationRelay speechTimeout", unverified: true),
                            OptionRow(
                                "deepgram_smart_format", .text, "How Deepgram formats.",
                                source: "ConversationRelay deepgramSmartFormat", unverified: true),
                            OptionRow(
                                "ignore_backchannel", .text, "Whether words such as yes and hm interrupt.",
                                source: "ConversationRelay ignoreBackchannel", unverified: true),
                            OptionRow(
                                "partial_prompt_on_hangup", .bool, "Whether a part is reported at the end.",
                                source: "ConversationRelay partialPromptOnHangup", unverified: true),
                            OptionRow(
                                "eager_eot_threshold", .number(0.3...0.9),
                                "When a turn is taken for ended, 0.3 to 0.9.",
                                source: "ConversationRelay eagerEotThreshold", unverified: true),
                            OptionRow(
                                "asr_smart_format", .bool, "Whether numbers are written as digits.",
                                source: "ConversationRelay asrSmartFormat", unverified: true),
                            OptionRow(
                                "tts_text_normalization", .words(["auto", "on", "off"]),
                                "As elevenlabs_text_normalization, for all.",
                                source: "ConversationRelay ttsTextNormalization", unverified: true),
                            OptionRow(
                                "tts_language_text_normalization", .bool, "The same by language.",
                                source: "ConversationRelay ttsLanguageTextNormalization", unverified: true),
                            OptionRow(
                                "include_in_prompt", .list(.words(["turn-state", "prompt-segments"])),
                                "What is reported beside the words.",
                                source: "ConversationRelay includeInPrompt", unverified: true),
                            OptionRow(
                                "customer_name", .text, "Who is shown.",
                                source: "ConversationRelay customerName", unverified: true),
                            OptionRow(
                                "application_reconnect", .bool, "Whether a lost connection is made again.",
                                source: "ConversationRelay applicationReconnect", unverified: true),
                            OptionRow(
                                "echo_prompt_filtering", .bool, "Whether an echo is ignored.",
                                source: "ConversationRelay echoPromptFiltering", unverified: true),
                            OptionRow(
                                "turn_detection", .bool, "Whether turns are detected.",
                                source: "ConversationRelay turnDetection", unverified: true),
                            OptionRow(
                                "languages", .records(relayLanguages), "Settings of further languages.",
                                source: "Language"),
                            OptionRow(
                                "parameters", .assignments, "Values that are handed over by name.",
                                source: "Parameter"),
                        ], source: "ConversationRelay url"),
                    ObjectRow(
                        "virtual_agent", .text, "A virtual agent, by its connector.",
                        options: [
                            OptionRow(
                                "language", .language(or: []), "The language of the agent.",
                                source: "VirtualAgent language", unverified: true),
                            OptionRow(
                                "sentiment_analysis", .bool, "Whether moods are analysed.",
                                source: "VirtualAgent sentimentAnalysis", unverified: true),
                            OptionRow(
                                "config", .assignments, "Settings of the agent, by name.", source: "Config"),
                            OptionRow(
                                "parameters", .assignments, "Values that are handed over by name.",
                                source: "Parameter"),
                            OptionRow(
                                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                                source: "VirtualAgent statusCallback", unverified: true),
                            method(
                                "status_callback_method", "VirtualAgent statusCallbackMethod",
                                unverified: true),
                        ], source: "VirtualAgent connectorName", unverified: true),
                    ObjectRow(
                        "room", .text, "A video room.",
                        options: [
                            OptionRow(
                                "participant_identity", .text, "Who is seen there.",
                                source: "Room participantIdentity")
                        ], source: "Room"),
                    ObjectRow(
                        "conversation", .sid("IS"), "A conversation service, by its sid.",
                        options: [
                            OptionRow(
                                "url", .url, "A URL outside the flow, of the provider's own use.",
                                source: "Conversation url", unverified: true),
                            method("method", "Conversation method", unverified: true),
                            OptionRow(
                                "inbound_autocreation", .bool, "Whether a conversation is made.",
                                source: "Conversation inboundAutocreation", unverified: true),
                            OptionRow(
                                "routing_assignment_timeout", .duration(1000...86_400_000),
                                "How long an agent is looked for.",
                                source: "Conversation routingAssignmentTimeout", unverified: true),
                            OptionRow(
                                "inbound_timeout", .duration(1000...86_400_000),
                                "How long the caller may wait.", source: "Conversation inboundTimeout",
                                unverified: true),
                            OptionRow(
                                "recording",
                                .words([
                                    "do-not-record", "record-from-answer", "record-from-ringing",
                                    "record-from-answer-dual", "record-from-ringing-dual",
                                ]), "Whether the talk is recorded.", standard: "do-not-record",
                                source: "Conversation record", unverified: true),
                            OptionRow(
                                "trim", .words(["trim-silence", "do-not-trim"]),
                                "Whether silence is cut off.", source: "Conversation trim", unverified: true),
                            recordingEvents("Conversation", unverified: true),
                            OptionRow(
                                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                                source: "Conversation statusCallback", unverified: true),
                            OptionRow(
                                "status_callback_event",
                                .list(
                                    .words([
                                        "call-initiated", "call-ringing", "call-answered", "call-completed",
                                    ])), "What it is told.", source: "Conversation statusCallbackEvent",
                                unverified: true),
                            method(
                                "status_callback_method", "Conversation statusCallbackMethod",
                                unverified: true),
                        ], source: "Conversation serviceInstanceSid", unverified: true),
                    ObjectRow(
                        "ai_session", .text, "An AI session, by its connector.",
                        options: [
                            OptionRow(
                                "ai_session_configuration", .text, "Its configuration.",
                                source: "AiSession aiSessionConfiguration", unverified: true)
                        ], source: "AiSession aiConnector", unverified: true),
                    ObjectRow(
                        "relay_session", .text, "A stored relay session, by its connector.",
                        options: [
                            OptionRow(
                                "session_configuration", .text, "Its configuration.",
                                source: "ConversationRelaySession sessionConfiguration", unverified: true)
                        ], source: "ConversationRelaySession connector", unverified: true),
                ])),
        options: [
            OptionRow("into", .variable, "What came of it: `status?`, `seconds?`, `handoff?` …"),
            OptionRow("ended", .target, "It ended.", standard: "next"),
            OptionRow("handoff", .target, "The agent hands over to a person.", standard: "as `ended`"),
            OptionRow("failed", .target, "It failed.", standard: "as `ended`"),
        ])

    static let start = VerbRow(
        .start, on: [.voice], "Lets something run beside the call.",
        takes: .required(
            .object(
                scalar: nil,
                kinds: [
                    ObjectRow(
                        "stream", .webSocketURL, "A media stream to a WebSocket server.",
                        options: [
                            OptionRow(
                                "name", .text, "The name that `stop` takes; unique in the call.",
                                source: "Stream name"),
                            OptionRow(
                                "track", .words(["inbound_track", "outbound_track", "both_tracks"]),
                                "Which side is heard; connected, only inbound_track.",
                                standard: "inbound_track", source: "Stream track"),
                            OptionRow(
                                "connector_name", .text, "A connector of the provider.",
                                source: "Stream connectorName"),
                            OptionRow(
                                "audio_format", .text, "The form of the audio.", source: "Stream audioFormat",
                                unverified: true),
                            OptionRow(
                                "sample_rate", .text, "Samples a second.", source: "Stream sampleRate",
                                unverified: true),
                            OptionRow(
                                "parameters", .assignments, "Values that are handed over by name.",
                                source: "Parameter"),
                            OptionRow(
                                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                                source: "Stream statusCallback"),
                            method("status_callback_method", "Stream statusCallbackMethod"),
                        ], source: "Stream url"),
                    ObjectRow(
                        "siprec", .text, "A SIPREC session, by its connector.",
                        options: [
                            OptionRow(
                                "name", .text, "The name that `stop` takes; unique in the call.",
                                source: "Siprec name"),
                            OptionRow(
                                "track", .words(["inbound_track", "outbound_track", "both_tracks"]),
                                "Which side is sent.", standard: "both_tracks", source: "Siprec track"),
                            OptionRow(
                                "parameters", .assignments, "Values that are handed over by name.",
                                source: "Parameter"),
                            OptionRow(
                                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                                source: "Siprec statusCallback"),
                            method("status_callback_method", "Siprec statusCallbackMethod"),
                        ], source: "Siprec connectorName", unverified: true),
                    ObjectRow(
                        "transcription", .text, "A transcription of the call; its value is its name.",
                        options: [
                            OptionRow(
                                "language", .language(or: ["multi"]), "The language.", standard: "en-US",
                                source: "Transcription languageCode"),
                            OptionRow(
                                "track", .words(["inbound_track", "outbound_track", "both_tracks"]),
                                "Which side is transcribed.", standard: "both_tracks",
                                source: "Transcription track"),
                            OptionRow(
                                "inbound_track_label", .text, "The caller's name in it.",
                                source: "Transcription inboundTrackLabel"),
                            OptionRow(
                                "outbound_track_label", .text, "The other side's name in it.",
                                source: "Transcription outboundTrackLabel"),
                            OptionRow(
                                "engine", .words(["google", "deepgram"]), "Who transcribes.",
                                standard: "google", source: "Transcription transcriptionEngine"),
                            OptionRow(
                                "speech_model", .text, "The model of recognition.", standard: "telephony",
                                source: "Transcription speechModel"),
                            OptionRow(
                                "provider_data", .bool, "Whether the engine's own data come too.",
                                standard: "false", source: "Transcription enableProviderData"),
                            OptionRow(
                                "profanity_filter", .bool, "Whether swear words are hidden.",
                                standard: "true", source: "Transcription profanityFilter"),
                            OptionRow(
                                "partial_results", .bool, "Whether parts are reported.", standard: "false",
                                source: "Transcription partialResults"),
                            OptionRow(
                                "hints", .list(.text), "Phrases to expect.", source: "Transcription hints"),
                            OptionRow(
                                "punctuation", .bool, "Whether commas and points are set.", standard: "true",
                                source: "Transcription enableAutomaticPunctuation"),
                            OptionRow(
                                "intelligence_service", .text, "A service that analyses the talk.",
                                source: "Transcription intelligenceService"),
                            OptionRow(
                                "conversation_configuration", .text,
                                "A configuration of a conversation service.",
                                source: "Transcription conversationConfiguration"),
                            OptionRow(
                                "conversation_id", .text, "The conversation that it belongs to.",
                                source: "Transcription conversationId"),
                            OptionRow(
                                "config", .assignments, "Settings of the agent, by name.", source: "Config"),
                            OptionRow(
                                "parameters", .assignments, "Values that are handed over by name.",
                                source: "Parameter"),
                            OptionRow(
                                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                                source: "Transcription statusCallbackUrl"),
                            method("status_callback_method", "Transcription statusCallbackMethod"),
                        ], source: "Transcription name"),
                    ObjectRow(
                        "recording", .text, "A recording of the call; its value is its name.",
                        options: [
                            OptionRow(
                                "trim", .words(["trim-silence", "do-not-trim"]),
                                "Whether silence is cut off.", standard: "trim-silence",
                                source: "Recording trim"),
                            OptionRow(
                                "track", .words(["inbound", "outbound", "both"]), "Which side is recorded.",
                                standard: "both", source: "Recording track"),
                            OptionRow(
                                "channels", .words(["mono", "dual"]), "Whether both sides share a channel.",
                                standard: "dual", source: "Recording channels"),
                            OptionRow(
                                "configuration_id", .text, "A configuration of the account.",
                                source: "Recording recordingConfigurationId"),
                            recordingEvents("Recording"),
                        ], source: "Recording name"),
                ])))

    static let stop = VerbRow(
        .stop, on: [.voice], "Ends what runs beside the call.",
        takes: .required(
            .object(
                scalar: nil,
                kinds: [
                    ObjectRow("stream", .text, "A stream, by its name.", source: "Stream name"),
                    ObjectRow(
                        "siprec", .text, "A SIPREC session, by its name.", source: "Siprec name",
                        unverified: true),
                    ObjectRow(
                        "transcription", .text, "A transcription, by its name.", source: "Transcription name"),
                    ObjectRow("recording", .text, "A recording, by its name.", source: "Recording name"),
                ])))

    static let pay = VerbRow(
        .pay, on: [.voice],
        "Takes a payment: the provider asks for the card, and the flow never learns its number.",
        takes: .nothing,
        options: [
            OptionRow(
                "charge", .number(0...1_000_000), "What is charged; left out, the card is only stored.",
                source: "Pay chargeAmount"),
            OptionRow("currency", .text, "A currency such as usd.", standard: "usd", source: "Pay currency"),
            OptionRow("description", .text, "What it is for.", source: "Pay description"),
            OptionRow(
                "method", .words(["credit-card", "ach-debit"]), "How is paid.", standard: "credit-card",
                source: "Pay paymentMethod"),
            OptionRow(
                "bank_account_type",
                .words(["consumer-checking", "consumer-savings", "commercial-checking", "commercial-savings"]
                ), "Of `ach-debit`.", standard: "consumer-checking", source: "Pay bankAccountType"),
            OptionRow(
                "timeout", .duration(1000...60_000), "How long the caller may be silent.", standard: "5s",
                source: "Pay timeout"),
            OptionRow(
                "status_callback", .url, "A URL outside the flow that is told how it goes.",
                source: "Pay statusCallback"),
            method("status_callback_method", "Pay statusCallbackMethod"),
            OptionRow(
                "attempts", .integer(1...3), "How often each thing is asked.", standard: "1",
                source: "Pay maxAttempts"),
            OptionRow(
                "security_code", .bool, "Whether the security code is asked.", standard: "true",
                source: "Pay securityCode"),
            OptionRow(
                "postal_code", .text, "`true`, `false`, or the code itself.", standard: "true",
                source: "Pay postalCode"),
            OptionRow(
                "min_postal_code_length", .integer(1...20), "The shortest postal code.",
                source: "Pay minPostalCodeLength"),
            OptionRow(
                "connector", .text, "A connector of the account.", standard: "Default",
                source: "Pay paymentConnector"),
            OptionRow(
                "token_type", .words(["one-time", "reusable", "payment-method"]),
                "What the token is good for.", standard: "reusable", source: "Pay tokenType"),
            OptionRow(
                "cards",
                .list(.words(cards)), "Which cards are taken.", standard: "[visa, mastercard, amex]",
                source: "Pay validCardTypes"),
            OptionRow(
                "language",
                .words([
                    "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-IE", "en-NZ", "en-PH", "en-ZA", "en-US",
                    "es-ES", "es-MX", "es-US", "fr-CA", "fr-FR", "it-IT",
                ]), "Of the provider's own prompts.", standard: "en-US", source: "Pay language"),
            OptionRow(
                "prompts", .records(payPrompts), "Own prompts in place of the provider's.",
                source: "Prompt"),
            OptionRow(
                "parameters", .assignments, "Values that are handed over by name.", source: "Parameter"),
            OptionRow("into", .variable, "The Payment: `result`, `token?`, `confirmation?`, `card?` …"),
            OptionRow("paid", .target, "It was paid or stored.", standard: "next"),
            OptionRow("too_many_attempts", .target, "The caller failed too often."),
            OptionRow("interrupted", .target, "The caller pressed star."),
            OptionRow("connector_error", .target, "The payment service failed."),
            OptionRow("invalid", .target, "The provider refused the step."),
            OptionRow("failed", .target, "Anything else went wrong."),
            OptionRow("otherwise", .target, "What went wrong and isn't named."),
        ])

    static let refer = VerbRow(
        .refer, on: [.voice], "Sends a SIP caller to another address.", takes: .required(.sipAddress),
        options: [
            OptionRow("into", .variable, "What came of it: `status?`, `code?`, `final_code?`."),
            OptionRow("allow", .list(.text), "`any`: the address may be one that a caller chooses."),
            OptionRow("referred", .target, "The caller goes there.", standard: "hangup"),
            OptionRow("busy", .target, "The address is busy."),
            OptionRow("canceled", .target, "It was canceled."),
            OptionRow("failed", .target, "It failed."),
            OptionRow("otherwise", .target, "What went wrong and isn't named."),
        ])
}
