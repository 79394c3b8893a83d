import FlowCompiler
import FlowLang
import FlowProgram
import FlowRuntime
import FlowServer
import FlowTestSupport
import FlowWebhook
import Foundation
import InMemoryTracing
import Testing
import Tracing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What those who run a server see of it: numbers, spans, pages.
@Suite("Observing", .timeLimit(.minutes(2)))
struct ObservingTests {
    private static let shop = """
        flow: shop
        channel: voice
        config: {shop_url: url}
        states:
          welcome:
            - menu: For the price, press 1. To be rung, press 2. To fail, press 3.
              choices: {1: price, 2: ring, 3: fail}
              otherwise: hangup
          price:
            - fetch: ${config.shop_url}/price
              returns: {price: integer}
              into: answer
              failed: hangup
            - say: It costs ${answer.price}.
            - hangup
          ring:
            - ask: Which number?
              as: digits(6)
              into: number
              otherwise: hangup
            - fetch: https://x${number}.example.com/ring
              allow: any
              failed: hangup
            - hangup
          fail:
            - goto: welcome
        """

    /// A conversation with all that observes it.
    private struct Observed {
        let page = PrometheusMetrics()
        let tracer = InMemoryTracer()
        let fetcher = HeaderFetcher()
        let webhook: Webhook

        init(_ flow: String) throws {
            let compilation = compile(
                [SourceFile(id: 0, name: "shop.yaml", text: flow)],
                options: CompilerOptions(knowsTimezone: { _ in true }))
            try #require(compilation.diagnostics.filter { $0.severity == .error }.map(\.headline) == [])
            let deployments = Deployments(
                try Deployment(
                    compilation.programs, environment: ["SHOP_URL": "https://api.shop.example:8443"]))
            let metrics = ServerMetrics(factory: page)
            let conversation = Conversation(
                deployments: deployments, store: MemoryStore(),
                fetcher: ObservedFetcher(
                    fetcher, deployments: deployments, metrics: metrics, tracer: tracer),
                baseURL: "",
                log: { turn in
                    metrics.count(turn)
                    TracedConversation.note(turn)
                })
            webhook = try Webhook(
                conversation: TracedConversation(conversation, tracer: tracer),
                configuration: Webhook.Configuration(isInsecure: true))
        }

        func call(_ sid: Int, _ path: String, _ form: String = "") async -> String {
            let id = String(repeating: "0", count: 30)
            let body =
                "CallSid=CA\(id)\(10 + sid)&AccountSid=AC\(id)00&From=%2B15555550123&To=%2B15555550100&\(form)"
            let answer = await webhook.answer(
                WebhookRequest(
                    method: "POST", target: path,
                    headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                    body: Array(body.utf8)))
            return String(decoding: answer.body, as: UTF8.self)
        }

        func lines(_ name: String) -> [String] {
            page.text().split(separator: "\n").map(String.init).filter { $0.hasPrefix(name) }
        }
    }

    /// Answers each fetch with a price, and keeps what was asked.
    private final class HeaderFetcher: Fetcher {
        let requests = RequestBox()

        func fetch(_ request: FetchRequest) async -> FetchAnswer {
            await requests.add(request)
            return .response(status: 200, body: Array("{\"price\": 7}".utf8))
        }
    }

    private actor RequestBox {
        private(set) var all: [FetchRequest] = []
        func add(_ request: FetchRequest) { all.append(request) }
    }

    @Test("Turns, beginnings and ends are counted by flow, ends by the state that they came in")
    func turns() async throws {
        let observed = try Observed(Self.shop)
        _ = await observed.call(1, "/voice/shop")
        _ = await observed.call(1, "/voice/shop")
        _ = await observed.call(1, "/voice/shop/1.0", "Digits=1")
        _ = await observed.call(2, "/voice/shop")
        _ = await observed.call(2, "/status/shop", "CallStatus=completed")
        _ = await observed.call(2, "/status/shop", "CallStatus=completed")
        _ = await observed.call(3, "/voice/shop")
        _ = await observed.call(4, "/voice/shop/5.0", "Digits=1")
        let labels = "channel=\"voice\",flow=\"shop\""
        #expect(
            observed.lines("flowc_turns_total").filter { !$0.hasSuffix(" 0") } == [
                "flowc_turns_total{\(labels),kind=\"ended\"} 1",
                "flowc_turns_total{\(labels),kind=\"repeat\"} 1",
                "flowc_turns_total{\(labels),kind=\"session-lost\"} 1",
                "flowc_turns_total{\(labels),kind=\"turn\"} 4",
            ])
        #expect(
            observed.lines("flowc_conversations_begun_total") == [
                "flowc_conversations_begun_total{\(labels)} 3"
            ])
        #expect(observed.lines("flowc_sessions_open") == ["flowc_sessions_open{\(labels)} 1"])
        #expect(
            observed.lines("flowc_outcomes_total") == [
                "flowc_outcomes_total{\(labels),outcome=\"completed\",state=\"price\"} 1",
                "flowc_outcomes_total{\(labels),outcome=\"hangup\",state=\"welcome\"} 1",
            ])
    }

    @Test("Faults are counted by their code")
    func faults() async throws {
        let observed = try Observed(Self.shop)
        _ = await observed.call(1, "/voice/shop")
        for turn in 1...500 { _ = await observed.call(1, "/voice/shop/\(turn).0", "Digits=3") }
        let labels = "channel=\"voice\",fault=\"too-many-turns\",flow=\"shop\""
        #expect(observed.lines("flowc_faults_total") == ["flowc_faults_total{\(labels)} 1"])
        #expect(observed.lines("flowc_outcomes_total").contains { $0.contains("outcome=\"fault\"") })
    }

    @Test("A host has a label if flow or config names it, and no caller does")
    func hosts() async throws {
        let observed = try Observed(Self.shop)
        _ = await observed.call(1, "/voice/shop")
        _ = await observed.call(1, "/voice/shop/1.0", "Digits=1")
        _ = await observed.call(2, "/voice/shop")
        _ = await observed.call(2, "/voice/shop/1.0", "Digits=2")
        _ = await observed.call(2, "/voice/shop/2.0", "Digits=481516")
        #expect(await observed.fetcher.requests.all.map(\.url).last == "https://x481516.example.com/ring")
        #expect(
            observed.lines("flowc_fetches_total") == [
                "flowc_fetches_total{host=\"api.shop.example\",outcome=\"2xx\"} 1",
                "flowc_fetches_total{host=\"other\",outcome=\"2xx\"} 1",
            ])
        let told = observed.page.text() + "\(observed.tracer.finishedSpans)"
        #expect(!told.contains("481516") && !told.contains("5550123"))
    }

    @Test("A turn is a span, a fetch is one within it, and its request carries the context")
    func spans() async throws {
        let observed = try Observed(Self.shop)
        _ = await observed.call(1, "/voice/shop")
        _ = await observed.call(1, "/voice/shop/1.0", "Digits=1")
        let spans = observed.tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["turn", "fetch", "turn"])
        let (first, fetch, second) = (spans[0], spans[1], spans[2])
        #expect(first.attributes.get("flowc.state") == .string("welcome"))
        #expect(first.spanContext.parentSpanID == nil)
        #expect(second.attributes.get("flowc.flow") == .string("shop"))
        #expect(second.attributes.get("flowc.position") == .string("1.0"))
        #expect(second.attributes.get("flowc.turn") == .int64(2))
        #expect(second.attributes.get("flowc.outcome") == .string("completed"))
        #expect(fetch.spanContext.parentSpanID == second.spanContext.spanID)
        #expect(fetch.attributes.get("server.address") == .string("api.shop.example"))
        #expect(fetch.attributes.get("http.response.status_code") == .int64(200))
        let headers = await observed.fetcher.requests.all.flatMap(\.headers).map(\.name)
        #expect(headers.contains("in-memory-trace-id"), "\(headers)")
        #expect(observed.tracer.activeSpans.isEmpty)
    }

    @Test("A collector gets a call's spans, and who is fetched from gets the context of one")
    func collector() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        // It is the shop, too, and ends by itself if the test doesn't end it.
        try shell.write(
            """
            import http.server, json, os, threading
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    print("fetched", self.headers["traceparent"], flush=True)
                    self.answer(b'{"price": 7}')
                def do_POST(self):
                    spans = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                    for span in spans["resourceSpans"][0]["scopeSpans"][0]["spans"]:
                        print("span", json.dumps(span, sort_keys=True), flush=True)
                    self.answer(b"{}")
                def answer(self, body):
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def log_message(self, *words): pass
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            print("port", server.server_address[1], flush=True)
            threading.Timer(60, lambda: os._exit(1)).start()
            server.serve_forever()
            """, to: "collector.py")
        let collector = try shell.start("exec python3 collector.py")
        let port = try #require(collector.line(after: "port "), "\(collector.output)")
        try shell.write(Self.shop, to: "shop.yaml")
        let server = try shell.start(
            "SHOP_URL=http://127.0.0.1:\(port) exec flowc serve shop.yaml --port 0 --insecure "
                + "--allow-fetch 127.0.0.1 --traces http://127.0.0.1:\(port)")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        let talk = try shell.run(
            "printf 'call\\npress 1\\n' | flowc talk --server \(url) --flow shop --script -")
        #expect(talk.output.contains("It costs 7."), "\(talk.output)")
        server.terminate()
        #expect(server.wait() == 0, "\(server.output)")
        let parent = try #require(collector.line(after: "fetched 00-"), "\(collector.output)")
        let (trace, span) = (parent.prefix(32), parent.dropFirst(33).prefix(16))
        #expect(parent.count == 52 && parent.hasSuffix("-01"))
        let spans = collector.output.split(separator: "\n").filter { $0.hasPrefix("span ") }
        let turns = spans.filter { $0.contains("\"name\": \"turn\"") }
        #expect(turns.count >= 2, "\(collector.output)")
        #expect(turns.contains { $0.contains(trace) && $0.contains("\"stringValue\": \"price\"") })
        let fetch = spans.filter { $0.contains("\"name\": \"fetch\"") }
        #expect(fetch.count == 1 && fetch[0].contains(trace) && fetch[0].contains("\"spanId\": \"\(span)\""))
        #expect(!collector.output.contains("5550123"))
        try collector.kill()
    }

    @Test("The admin address has its pages and nothing else, and no other address has them")
    func pages() async throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let server = try shell.start(
            "exec flowc serve flows/key-menu.yaml --port 0 --insecure --store sqlite:a.db --admin 127.0.0.1:0 --leave 2"
        )
        let admin = try #require(server.line(after: "admin on "), "\(server.output)")
        let url = try #require(server.line(after: "listening on "), "\(server.output)")
        let talk = "printf 'call\\npress 4\\n' | flowc talk --server \(url) --flow key-menu --script -"
        #expect(try shell.run(talk).output.contains("12 River Road"))

        func page(_ url: String) async throws -> (Int, String) {
            let (data, response) = try await URLSession.shared.data(from: try #require(URL(string: url)))
            return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
        }
        #expect(try await page(admin + "/health") == (200, "ok"))
        #expect(try await page(admin + "/ready") == (200, "ready"))
        let (status, metrics) = try await page(admin + "/metrics")
        #expect(status == 200)
        for line in [
            "flowc_turns_total{channel=\"voice\",flow=\"key-menu\",kind=\"turn\"} 2",
            "flowc_request_seconds_count{route=\"voice\"} 2", "flowc_answers_total{status=\"200\"} 2",
            "# TYPE flowc_store_seconds histogram", "process_resident_memory_bytes",
        ] {
            #expect(metrics.contains("\n\(line)"), "\(line) in \(metrics)")
        }
        #expect(try await page(url + "/metrics").0 == 404)
        #expect(try await page(admin + "/voice/key-menu").0 == 404)
        // It goes last, and tells that the server is going.
        server.terminate()
        var ready = try await page(admin + "/ready")
        for _ in 0..<50 where ready.0 == 200 {
            try await Task.sleep(for: .milliseconds(20))
            ready = try await page(admin + "/ready")
        }
        #expect(ready == (503, "not ready"))
        #expect(try await page(url + "/health") == (200, "ok"))
        #expect(server.wait() == 0, "\(server.output)")
    }

    @Test("An admin address in use, or none, is said in one line")
    func addresses() async throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let server = try shell.start("exec flowc serve flows/key-menu.yaml --port 0 --insecure")
        let url = try #require(server.line(after: "listening on http://"), "\(server.output)")
        let second = try shell.run("flowc serve flows/key-menu.yaml --insecure --port 0 --admin \(url)")
        #expect(second.status == 69)
        #expect(
            second.output.hasSuffix("\nflowc: can't listen on \(url): the port is in use\n"),
            "\(second.output)")
        let third = try shell.run("flowc serve flows/key-menu.yaml --insecure --admin 9090")
        #expect(third.status == 64)
    }
}
