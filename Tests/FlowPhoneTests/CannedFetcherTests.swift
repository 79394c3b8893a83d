import FlowRuntime
import Testing

@Suite struct `Canned answers` {
    private let file = """
        [
          {"url": "https://geo.example.com/search", "query": {"name": "São Paulo", "count": 1},
           "json": {"results": [{"name": "São Paulo", "latitude": -23.55, "longitude": -46}], "more": null}},
          {"url": "https://geo.example.com/search", "query": {"name": "Nowhere"}, "json": {}},
          {"url": "https://geo.example.com/search", "failure": "timeout"},
          {"method": "POST", "url": "https://api.example.com/orders", "status": 503, "body": "busy"},
          {"url": "https://api.example.com/orders?kind=new", "body": "not json"}
        ]
        """

    private func fetch(_ url: String, _ method: String = "GET", maxBodyBytes: Int = 1_000) async throws
        -> FetchAnswer
    {
        let fetcher = try CannedFetcher(json: Array(file.utf8))
        return await fetcher.fetch(
            FetchRequest(method: method, url: url, timeout: 1_000, maxBodyBytes: maxBodyBytes))
    }

    @Test(
        arguments: [
            (
                "GET", "https://geo.example.com/search?name=Nowhere&x=1",
                .response(status: 200, body: Array("{}".utf8))
            ),
            ("GET", "https://geo.example.com/search?name=Nowhere%20", .failure(.timeout)),
            ("GET", "https://geo.example.com/search", .failure(.timeout)),
            ("POST", "https://api.example.com/orders", .response(status: 503, body: Array("busy".utf8))),
            (
                "GET", "https://api.example.com/orders?a=b&kind=new",
                .response(status: 200, body: Array("not json".utf8))
            ),
            ("GET", "https://api.example.com/orders", .failure(.unreachable)),
            ("GET", "https://geo.example.com/search/", .failure(.unreachable)),
        ] as [(String, String, FetchAnswer)])
    func `come from the first entry that fits`(_ method: String, _ url: String, _ answer: FetchAnswer)
        async throws
    {
        #expect(try await fetch(url, method) == answer)
    }

    @Test(arguments: ["name=S%C3%A3o+Paulo&count=1", "count=1&name=S%c3%a3o%20Paulo&lang=en"])
    func `compare queries decoded, in any order`(_ query: String) async throws {
        let json = #"{"more":null,"results":[{"latitude":-23.55,"longitude":-46,"name":"São Paulo"}]}"#
        #expect(
            try await fetch("https://geo.example.com/search?" + query)
                == .response(status: 200, body: Array(json.utf8)))
    }

    @Test func `are refused if they are larger than the flow takes`() async throws {
        #expect(
            try await fetch("https://api.example.com/orders", "POST", maxBodyBytes: 3) == .failure(.tooLarge))
    }

    @Test(arguments: [
        ("{", "not JSON"), ("{}", "not a list of answers"), ("[1]", "entry 0: not an object"),
        (#"[{"url":"https://a.example.com"},{"status":200}]"#, "entry 1: 'url' is missing or not a text"),
        (
            #"[{"url":"x","failure":"bored"}]"#,
            "entry 0: 'failure' is one of timeout, unreachable, refused, too_large"
        ),
        (
            #"[{"url":"x","failure":"timeout","status":200}]"#,
            "entry 0: 'failure' and 'status' exclude each other"
        ),
        (#"[{"url":"x","status":"200"}]"#, "entry 0: 'status' isn't a number from 100 to 599"),
        (#"[{"url":"x","status":20}]"#, "entry 0: 'status' isn't a number from 100 to 599"),
        (#"[{"url":"x","json":1,"body":"a"}]"#, "entry 0: 'json' and 'body' exclude each other"),
        (#"[{"url":"x","body":1}]"#, "entry 0: 'body' isn't a text"),
        (#"[{"url":"x","query":[]}]"#, "entry 0: 'query' isn't an object"),
        (#"[{"url":"x","query":{"a":[]}}]"#, "entry 0: 'query.a' is neither a text nor a number"),
        (#"[{"url":"x","method":1}]"#, "entry 0: 'method' isn't a text"),
        (
            #"[{"url":"x","reply":1}]"#,
            "entry 0: unknown key 'reply'; there is method, url, query, status, json, body, failure"
        ),
    ])
    func `say which entry is wrong and how`(_ json: String, _ message: String) {
        let fault = #expect(throws: CannedFetcher.Fault.self) { try CannedFetcher(json: Array(json.utf8)) }
        #expect(fault?.description == message)
    }

    @Test func `may be nested deeply without harm`() {
        let json = String(repeating: "[", count: 100_000)
        #expect(throws: CannedFetcher.Fault.self) { try CannedFetcher(json: Array(json.utf8)) }
    }
}
