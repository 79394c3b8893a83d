import FlowRuntime
import Testing
import TwiML

private let gather =
    ##"<Gather action="/voice/menu/1.0#rc=2&amp;rp=all" input="dtmf speech" numDigits="1"><Say language="en-US">Press 1.</Say></Gather>"##

@Suite struct `A call` {
    @Test func `plays what is said and ends with its document`() async {
        let text = """
            call
              say [en-US] Hello.
              say [es-MX] Hola *amigo* (pause 1s) adiós
              play https://example.com/a.mp3 (2 times)
              play keys 12
              pause 3s
              pause 1s
              end of call

            """
        let flow = ScriptedFlow(
            ##"<Say language="en-US"> Hello. </Say>"##
                + ##"<Say voice="Polly.Mia-Neural">Hola <emphasis>amigo</emphasis><break time="1s"/>adiós</Say>"##
                + ##"<Play loop="2">https://example.com/a.mp3</Play><Play digits="12"/><Pause length="3"/><Pause/>"##
        )
        #expect(await play(text, flow) == text)
    }

    @Test func `sends the standard parameters`() async throws {
        let flow = ScriptedFlow("<Hangup/>")
        _ = await play("call", flow)
        let request = try #require(flow.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://flows.example.com/voice/menu")
        let text = request.parameters.map { "\($0.name)=\($0.value)" }
        #expect(
            text == [
                "CallSid=CA00000000000000000000000000000001", "AccountSid=AC00000000000000000000000000000001",
                "From=+15555550123", "To=+15555550100", "CallStatus=ringing", "ApiVersion=2010-04-01",
                "Direction=inbound", "Caller=+15555550123", "Called=+15555550100", "FromCountry=US",
                "ToCountry=US", "CallerCountry=US", "CalledCountry=US",
            ])
    }

    @Test func `brings an app's parameters once and what is about the call always`() async throws {
        let flow = ScriptedFlow("<Redirect>/voice/menu/1.0</Redirect>", "<Hangup/>")
        _ = await play(#"call To=+15555550142 From=client:ann CallerName="Ann Lee" Team=blue"#, flow)
        let requests = flow.requests
        try #require(requests.count == 3)
        for request in requests {
            #expect(request.parameter("To") == "+15555550142")
            #expect(request.parameter("Called") == "+15555550142")
            #expect(request.parameter("Caller") == "client:ann")
            #expect(request.parameter("FromCountry") == nil)
            #expect(request.parameter("CallerName") == "Ann Lee")
        }
        #expect(requests.map { $0.parameter("Team") } == ["blue", nil, nil])
        #expect(requests.map { $0.parameter("CallStatus") } == ["ringing", "in-progress", "completed"])
    }

    @Test func `tells its end to the status URL`() async throws {
        let flow = ScriptedFlow(gather)
        _ = await play("call\nhang up", flow)
        let status = try #require(flow.requests.last)
        #expect(status.url == "https://flows.example.com/status/menu")
        #expect(status.parameter("CallStatus") == "completed")
        #expect(status.parameter("CallSid") == flow.requests.first?.parameter("CallSid"))
        #expect(status.parameter("SequenceNumber") == "0")
    }

    @Test func `keeps its end to itself if nobody asked`() async {
        let flow = ScriptedFlow(gather)
        _ = await play("status: no\ncall\nhang up", flow)
        #expect(flow.requests.count == 1)
    }

    @Test func `has a sid of its own each time`() async {
        let flow = ScriptedFlow("<Hangup/>", "<Hangup/>")
        _ = await play("status: no\ncall\ncall", flow)
        let sids = flow.requests.compactMap { $0.parameter("CallSid") }
        #expect(Set(sids).count == 2)
        #expect(sids.allSatisfy { $0.utf8.count == 34 })
    }

    @Test(arguments: [
        ("<Reject/>", "rejected", "no-answer"), (#"<Reject reason="busy"/>"#, "busy", "busy"),
    ])
    func `can be refused`(_ verb: String, _ word: String, _ status: String) async {
        let flow = ScriptedFlow(verb)
        #expect(await play("call", flow) == "call\n  reject \(word)\n  end of call\n")
        #expect(flow.requests.last?.parameter("CallStatus") == status)
    }

    @Test func `follows redirects without their fragment`() async {
        let flow = ScriptedFlow(
            "<Redirect>/voice/menu/1.0#rc=2</Redirect>",
            #"<Redirect method="GET">2.0?a=b</Redirect>"#, "<Redirect/>", "<Hangup/>")
        _ = await play("status: no\ncall", flow)
        let requests = flow.requests
        #expect(
            requests.map(\.url) == [
                "https://flows.example.com/voice/menu", "https://flows.example.com/voice/menu/1.0",
                "https://flows.example.com/voice/menu/2.0?a=b",
                "https://flows.example.com/voice/menu/2.0?a=b",
            ])
        #expect(requests.map(\.method) == [.post, .post, .get, .post])
        #expect(requests[2].requestURL.contains("2.0?a=b&CallSid=CA"))
        #expect(requests[2].body == [])
    }

    @Test func `reaches a server whose URL has a path`() async {
        let flow = ScriptedFlow(
            "<Redirect>https://example.com:8443/flows/voice/menu/1.0#rc=2</Redirect>", "<Hangup/>")
        _ = await play("call", flow, PhoneSettings(flow: "menu", base: "https://example.com:8443/flows/"))
        #expect(
            flow.requests.map(\.url) == [
                "https://example.com:8443/flows/voice/menu", "https://example.com:8443/flows/voice/menu/1.0",
                "https://example.com:8443/flows/status/menu",
            ])
    }

    /// What a document at /voice/menu/1.0?x=1 refers to.
    @Test(arguments: [
        ("2.0", "/voice/menu/2.0"), ("./2.0", "/voice/menu/2.0"), ("../other", "/voice/other"),
        ("../../../../up", "/up"), ("/a/./b/../c?d=/../e", "/a/c?d=/../e"), ("?y=2", "/voice/menu/1.0?y=2"),
        ("", "/voice/menu/1.0?x=1"), ("#rc=2", "/voice/menu/1.0?x=1"), ("//flows.example.com/z", "/z"),
        ("https://flows.example.com", ""), (" /a ", "/a"), ("..", "/voice/"),
    ])
    func `resolves what its document refers to`(_ reference: String, _ path: String) async {
        let flow = ScriptedFlow(
            "<Redirect>/voice/menu/1.0?x=1</Redirect>", "<Redirect>\(reference)</Redirect>", "<Hangup/>")
        _ = await play("status: no\ncall", flow)
        #expect(flow.requests.last?.url == "https://flows.example.com" + path)
    }

    @Test(arguments: [
        "https://flows.example.com.evil.example.com/", "https://flows.example.com:444/",
        "http://flows.example.com/", "https://flows.example.com@evil.example.com/", "//evil.example.com/",
    ])
    func `takes no other server for its own`(_ url: String) async {
        let flow = ScriptedFlow("<Redirect>\(url)</Redirect>")
        _ = await play("call", flow)
        #expect(flow.requests.count == 1)
    }

    @Test func `doesn't follow out of the flows' server`() async {
        let flow = ScriptedFlow("<Say>Bye</Say><Redirect>https://other.example.com/x</Redirect>")
        #expect(await play("call", flow) == "call\n  say Bye\n  goes on at https://other.example.com/x\n")
        #expect(flow.requests.count == 1)
    }

    @Test func `stops in a circle of redirects`() async {
        let flow = ScriptedFlow(Array(repeating: .document("<Redirect>/x</Redirect>"), count: 100))
        let text = await play("call", flow)
        #expect(text == "call\n  error 11200: more than 50 requests at one input\n  end of call\n")
        #expect(flow.requests.count == 50)
    }

    @Test(arguments: [
        (
            PhoneResponse(status: 503, contentType: "text/xml", body: []),
            "error 11200: the answer has the status 503"
        ),
        (
            PhoneResponse(status: 200, contentType: nil, body: []),
            "error 12300: the answer has no Content-Type"
        ),
        (
            PhoneResponse(status: 200, contentType: "application/json", body: []),
            "error 12300: the answer has the Content-Type application/json"
        ),
        (PhoneResponse(status: 200, contentType: "text/xml", body: []), "error 12100: no element at byte 0"),
        (
            PhoneResponse(status: 200, contentType: "text/xml", body: Array("<html/>".utf8)),
            "error 12102: the root is <html>, not <Response>"
        ),
        (
            PhoneResponse(status: 200, contentType: "text/xml", body: Array(repeating: 0x20, count: 65_537)),
            "error 11750: the answer has 65537 bytes"
        ),
    ])
    func `ends with an answer that the provider couldn't use`(_ response: PhoneResponse, _ line: String) async
    {
        #expect(await play("call", ScriptedFlow([response])) == "call\n  \(line)\n  end of call\n")
    }

    @Test func `ends if nobody answers`() async {
        let text = await play("call", ScriptedFlow([]))
        #expect(
            text
                == "call\n  error 11200: no answer from https://flows.example.com/voice/menu: NothingLeft()\n  end of call\n"
        )
    }

    @Test func `passes over a verb that it doesn't know`() async {
        let text = await play("call", ScriptedFlow("<Leave/><Say>Hi</Say>"))
        #expect(text == "call\n  warning 12200: this phone doesn't know <Leave>\n  say Hi\n  end of call\n")
    }

    @Test func `never puts a control character on a line`() async {
        let text = await play("call", ScriptedFlow("<Say>a\u{9B}31m b\nc\u{85}&#13;d</Say>"))
        #expect(text == "call\n  say a 31m b c d\n  end of call\n")
    }
}

@Suite struct Listening {
    /// Keys on a gather, the digits that arrive (nil: none), and what is heard at once.
    @Test(
        arguments: [
            (##"numDigits="1""##, "1", "1", nil),
            (##"numDigits="1""##, "123", "1", "(nobody takes the last 2 keys)"),
            (##"numDigits="6""##, "12", "12", nil),
            ("", "12#", "12", nil),
            ("", "12#34", "12", "(nobody takes the last 2 keys)"),
            ("", "1*2", "1*2", nil),
            ("", "#", nil, nil),
            ("", "#5", "5", nil),
            (##"finishOnKey="*""##, "1#2*", "1#2", nil),
            (##"finishOnKey="" numDigits="1""##, "#", "#", nil),
            (##"finishOnKey="""##, "1#", "1#", nil),
        ] as [(String, String, String?, String?)])
    func `takes keys as its attributes say`(
        _ attributes: String, _ keys: String, _ digits: String?, _ line: String?
    ) async {
        let flow = ScriptedFlow("<Gather action=\"/a\" \(attributes)/>", "<Hangup/>")
        let text = await play("status: no\ncall\npress \(keys)", flow)
        #expect(flow.requests.dropFirst().map { $0.parameter("Digits") } == (digits.map { [$0] } ?? []))
        if let line { #expect(text.contains("press \(keys)\n  \(line)\n")) }
    }

    @Test func `sends speech with a confidence`() async {
        let flow = ScriptedFlow(gather, "<Hangup/>")
        let text = """
            call
              listen keys, speech
                say [en-US] Press 1.
            say sales, please
              end of call

            """
        #expect(await play(text, flow) == text)
        #expect(flow.requests[1].url == "https://flows.example.com/voice/menu/1.0")
        #expect(flow.requests[1].parameter("SpeechResult") == "sales, please")
        #expect(flow.requests[1].parameter("Confidence") == "0.9")
        #expect(flow.requests[1].parameter("Digits") == nil)
    }

    @Test func `goes on to the next verb at silence without a request`() async {
        let flow = ScriptedFlow(gather + "<Say>Nothing?</Say>" + gather + "<Hangup/>")
        let text = """
            status: no
            call
              listen keys, speech
                say [en-US] Press 1.
            silence
              say Nothing?
              listen keys, speech
                say [en-US] Press 1.
            silence
              end of call

            """
        #expect(await play(text, flow) == text)
        #expect(flow.requests.count == 1)
    }

    @Test func `requests its action at silence if that is wanted`() async {
        let flow = ScriptedFlow(
            #"<Gather action="/a" input="dtmf speech" actionOnEmptyResult="true"/>"#, "<Hangup/>")
        _ = await play("status: no\ncall\nsilence", flow)
        #expect(flow.requests.last?.url == "https://flows.example.com/a")
        #expect(flow.requests.last?.parameter("Digits") == "")
        #expect(flow.requests.last?.parameter("SpeechResult") == "")
    }

    @Test func `without an action asks its own document again`() async {
        let flow = ScriptedFlow("<Redirect>/voice/menu/1.0</Redirect>", "<Gather/>", "<Hangup/>")
        _ = await play("status: no\ncall\npress 1", flow)
        #expect(flow.requests.last?.url == "https://flows.example.com/voice/menu/1.0")
    }

    @Test(arguments: [
        (#"<Gather input="speech"/>"#, "press 1", "nothing listens to keys"),
        ("<Gather/>", "say hello", "nothing listens to speech"),
        ("<Gather/>", "outcome busy", "nobody is dialled"),
        ("<Gather/>", "record 5s", "nothing is recorded"),
        ("<Gather/>", "record nothing", "nothing is recorded"),
        ("<Gather/>", "queue full", "nobody waits in a queue"),
        ("<Gather/>", "call", "the call is still on; hang up first"),
        ("<Gather/>", "text hello", "the call is still on; hang up first"),
        ("<Dial>+15555550111</Dial>", "silence", "nothing listens"),
        ("<Hangup/>", "hang up", "there is no call"),
        ("<Hangup/>", "press 1", "nothing listens to keys"),
    ])
    func `says when nobody takes an input`(_ verb: String, _ input: String, _ line: String) async {
        let flow = ScriptedFlow(verb)
        let text = await play("status: no\ncall\n\(input)", flow)
        #expect(text.hasSuffix("\(input)\n  (\(line))\n"))
        #expect(flow.requests.count == 1)
    }
}

@Suite struct Recording {
    private let verb = ##"<Record action="/r" finishOnKey="#" maxLength="120"/><Redirect>/silent</Redirect>"##

    @Test(
        arguments: [
            ("record 12s", "12", nil), ("record 12s #", "12", "#"), ("record 5m", "120", nil),
            ("record 7", "7", nil),
        ] as [(String, String, String?)])
    func `sends its URL, length and key`(_ input: String, _ seconds: String, _ key: String?) async throws {
        let flow = ScriptedFlow(verb, "<Hangup/>")
        let text = await play("status: no\ncall\n\(input)", flow)
        #expect(text == "status: no\ncall\n  record up to 120s\n\(input)\n  end of call\n")
        let request = try #require(flow.requests.last)
        #expect(request.url == "https://flows.example.com/r")
        #expect(request.parameter("RecordingDuration") == seconds)
        #expect(request.parameter("Digits") == key)
        let sid = try #require(request.parameter("RecordingSid"))
        #expect(sid.hasPrefix("RE") && sid.utf8.count == 34)
        #expect(request.parameter("RecordingUrl")?.hasSuffix("/Recordings/\(sid)") == true)
    }

    @Test func `goes on with a key that doesn't end it`() async {
        let flow = ScriptedFlow(verb, "<Hangup/>")
        let text = await play("status: no\ncall\nrecord 3s 1", flow)
        #expect(text.contains("record 3s 1\n  (1 doesn't end the recording)\n"))
        #expect(flow.requests.last?.parameter("Digits") == nil)
    }

    @Test(arguments: ["record nothing", "silence"])
    func `of nothing goes on to the next verb`(_ input: String) async {
        let flow = ScriptedFlow(verb, "<Hangup/>")
        _ = await play("status: no\ncall\n\(input)", flow)
        #expect(flow.requests.last?.url == "https://flows.example.com/silent")
        #expect(flow.requests.last?.parameter("RecordingUrl") == nil)
    }

    @Test(arguments: [("hang up", "5"), ("hang up after 9s", "9")])
    func `ended by hanging up is sent before the end of the call`(_ input: String, _ seconds: String) async {
        let flow = ScriptedFlow(verb, "<Say>unheard</Say>")
        #expect(await play("call\n\(input)", flow) == "call\n  record up to 120s\n\(input)\n")
        let requests = flow.requests
        #expect(
            requests.map(\.url).dropFirst() == [
                "https://flows.example.com/r", "https://flows.example.com/status/menu",
            ])
        #expect(requests[1].parameter("Digits") == "hangup")
        #expect(requests[1].parameter("CallStatus") == "completed")
        #expect(requests[1].parameter("RecordingDuration") == seconds)
    }
}

@Suite struct Dialling {
    @Test(arguments: [
        ("<Dial>+15555550111</Dial>", "+15555550111"),
        (
            #"<Dial callerId="+15555550100"><Number>+15555550111</Number></Dial>"#,
            "+15555550111 as +15555550100"
        ),
        (
            "<Dial><Client>ann</Client><Sip>sip:bob@example.com</Sip></Dial>",
            "client ann, sip:bob@example.com"
        ),
        (
            #"<Dial sequential="true"><Number>+15555550111</Number><Number>+15555550112</Number></Dial>"#,
            "+15555550111, then +15555550112"
        ),
        ("<Dial><Queue>support</Queue></Dial>", "queue support"),
        ("<Dial><Conference>room</Conference></Dial>", "conference room"),
    ])
    func `shows who is called`(_ verb: String, _ line: String) async {
        #expect(await play("call", ScriptedFlow(verb)) == "call\n  dial \(line)\n")
    }

    @Test(
        arguments: [
            ("busy", "busy", nil, "false"), ("no_answer", "no-answer", nil, "false"),
            ("failed", "failed", nil, "false"),
            ("canceled", "canceled", nil, "false"), ("answered", "completed", "30", "true"),
            ("answered 42s", "completed", "42", "true"),
        ] as [(String, String, String?, String)])
    func `sends how it went`(_ outcome: String, _ status: String, _ seconds: String?, _ bridged: String)
        async throws
    {
        let flow = ScriptedFlow(#"<Dial action="/d">+15555550111</Dial>"#, "<Hangup/>")
        _ = await play("status: no\ncall\noutcome \(outcome)", flow)
        let request = try #require(flow.requests.last)
        #expect(request.url == "https://flows.example.com/d")
        #expect(request.parameter("DialCallStatus") == status)
        #expect(request.parameter("DialCallDuration") == seconds)
        #expect(request.parameter("DialBridged") == bridged)
        #expect(request.parameter("DialCallSid")?.hasPrefix("CA") == true)
    }

    @Test func `of a conference sends answered and no child`() async {
        let flow = ScriptedFlow(#"<Dial action="/d"><Conference>room</Conference></Dial>"#, "<Hangup/>")
        _ = await play("status: no\ncall\noutcome answered", flow)
        #expect(flow.requests.last?.parameter("DialCallStatus") == "answered")
        #expect(flow.requests.last?.parameter("DialCallSid") == nil)
        #expect(flow.requests.last?.parameter("DialCallDuration") == nil)
    }

    @Test func `without an action goes on to the next verb`() async {
        let flow = ScriptedFlow("<Dial>+15555550111</Dial><Say>Busy.</Say>")
        #expect(
            await play("status: no\ncall\noutcome busy", flow)
                == "status: no\ncall\n  dial +15555550111\noutcome busy\n  say Busy.\n  end of call\n")
        #expect(flow.requests.count == 1)
    }

    @Test func `counts the talk in the call's length`() async {
        let flow = ScriptedFlow(#"<Dial action="/d">+15555550111</Dial>"#, "<Hangup/>")
        _ = await play("call\noutcome answered 42s", flow)
        #expect(flow.requests.last?.parameter("CallDuration") == "43")
    }
}

@Suite struct Queueing {
    @Test(
        arguments: [
            ("bridged", "bridged", "30"), ("bridged 8s", "bridged", "8"), ("left", "leave", "30"),
            ("full", "queue-full", nil), ("failed", "error", nil), ("system-error", "system-error", nil),
        ] as [(String, String, String?)])
    func `sends how it ended`(_ outcome: String, _ result: String, _ seconds: String?) async {
        let flow = ScriptedFlow(#"<Enqueue action="/q">support</Enqueue>"#, "<Hangup/>")
        let text = await play("status: no\ncall\nqueue \(outcome)", flow)
        #expect(text == "status: no\ncall\n  enqueue support\nqueue \(outcome)\n  end of call\n")
        #expect(flow.requests.last?.parameter("QueueResult") == result)
        #expect(flow.requests.last?.parameter("QueueTime") == seconds)
    }

    @Test func `shows a workflow and its task`() async {
        let flow = ScriptedFlow(#"<Enqueue workflowSid="WW1"><Task>{"order":"12"}</Task></Enqueue>"#)
        #expect(await play("call", flow) == "call\n  enqueue workflow WW1 {\"order\":\"12\"}\n")
    }

    @Test func `tells the action when the caller hangs up`() async {
        let flow = ScriptedFlow(#"<Enqueue action="/q">support</Enqueue>"#, "")
        _ = await play("status: no\ncall\nhang up", flow)
        #expect(flow.requests.last?.parameter("QueueResult") == "hangup")
        #expect(flow.requests.last?.parameter("CallStatus") == "completed")
    }
}

@Suite struct `A text` {
    @Test func `is sent with the provider's parameters and shows the replies`() async throws {
        let text = """
            from: +15555550177
            text Boston & Cambridge
              message Two places?
                | Pick
                |
                | one.
              media https://example.com/map.png
            text
              (no reply)

            """
        let flow = ScriptedFlow(
            "<Message><Body>Two places?\n Pick\n\none.\n</Body><Media>https://example.com/map.png</Media></Message>",
            "")
        #expect(await play(text, flow) == text)
        let request = try #require(flow.requests.first)
        #expect(request.url == "https://flows.example.com/sms/menu")
        #expect(request.parameter("Body") == "Boston & Cambridge")
        #expect(request.parameter("From") == "+15555550177")
        #expect(request.parameter("To") == "+15555550100")
        #expect(request.parameter("NumMedia") == "0")
        #expect(request.parameter("CallSid") == nil)
        #expect(String(decoding: request.body, as: UTF8.self).contains("&Body=Boston+%26+Cambridge&"))
        let sids = flow.requests.compactMap { $0.parameter("MessageSid") }
        #expect(Set(sids).count == 2)
    }

    @Test func `follows a redirect with the same message`() async {
        let flow = ScriptedFlow(
            "<Message>one</Message><Redirect>/sms/other</Redirect>", "<Message>two</Message>")
        #expect(await play("text hi", flow) == "text hi\n  message one\n  message two\n")
        #expect(flow.requests.map(\.url).last == "https://flows.example.com/sms/other")
        #expect(flow.requests[0].parameters == flow.requests[1].parameters)
    }

    @Test(arguments: [
        ("<Message>one</Message><Redirect>/sms/other</Redirect>", "message one"),
        ("<Redirect>/sms/other</Redirect>", "(no reply)"),
    ])
    func `counts the replies before a redirect`(_ verbs: String, _ line: String) async {
        #expect(await play("text hi", ScriptedFlow(verbs, "")) == "text hi\n  \(line)\n")
    }

    @Test func `needs no reply`() async {
        let flow = ScriptedFlow([PhoneResponse(status: 204, contentType: nil, body: [])])
        #expect(await play("text hi", flow) == "text hi\n  (no reply)\n")
    }

    @Test func `isn't answered with a voice verb`() async {
        let flow = ScriptedFlow("<Say>Hi</Say>")
        #expect(await play("text hi", flow) == "text hi\n  warning 14110: no verb <Say> in a reply\n")
    }
}

@Suite struct Repeating {
    @Test func `sends the same request and finds the same answer`() async {
        let flow = ScriptedFlow(gather, gather, "<Hangup/>")
        let text = """
            status: no
            call
              listen keys, speech
                say [en-US] Press 1.
            repeat
              same answer
            press 1
              end of call

            """
        #expect(await play(text, flow) == text)
        #expect(flow.requests[0] == flow.requests[1])
    }

    @Test func `shows another answer and stays where it is`() async {
        let flow = ScriptedFlow(gather, "<Say>Else</Say>", "<Hangup/>")
        let text = """
            status: no
            call
              listen keys, speech
                say [en-US] Press 1.
            repeat
              another answer
                say Else
                end of call
            press 1
              end of call

            """
        #expect(await play(text, flow) == text)
    }

    @Test func `is about the last document, not the status callback`() async {
        let flow = ScriptedFlow("<Hangup/>", "<Hangup/>")
        _ = await play("call\nrepeat", flow)
        #expect(flow.requests.map(\.url).last == "https://flows.example.com/voice/menu")
    }

    @Test func `needs something to repeat`() async {
        #expect(await play("repeat", ScriptedFlow([])) == "repeat\n  (there is nothing to repeat)\n")
    }
}
