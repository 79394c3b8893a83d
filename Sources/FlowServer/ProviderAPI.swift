import AsyncHTTPClient
import FlowProgram
public import FlowRuntime
public import Logging
import NIOCore
import NIOHTTP1

/// The provider's REST API: messages and calls (reference: `POST /Messages.json`, `POST /Calls.json` of an account).
public struct ProviderAPI: Sender {
    /// Whose account it is, and what opens it.
    public struct Credentials: Sendable {
        /// `AC` and 32 hexadecimal digits.
        public var accountSid: String
        /// An API key's sid, or the AccountSid itself.
        public var user: String
        /// The key's secret, or the account's auth token.
        public var password: String

        public init(accountSid: String, user: String, password: String) {
            self.accountSid = accountSid
            self.user = user
            self.password = password
        }

        /// From `TWILIO_ACCOUNT_SID` with `TWILIO_API_KEY` and `TWILIO_API_SECRET`, else with the first of `TWILIO_AUTH_TOKEN`;
        /// nil if they aren't all there.
        public init?(environment: [String: String]) {
            func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
            guard let account = variable("TWILIO_ACCOUNT_SID") else { return nil }
            if let key = variable("TWILIO_API_KEY"), let secret = variable("TWILIO_API_SECRET") {
                self.init(accountSid: account, user: key, password: secret)
                return
            }
            let tokens = (variable("TWILIO_AUTH_TOKEN") ?? "").split(separator: ",")
            guard let token = tokens.first?.trimming({ $0 == " " }), !token.isEmpty else { return nil }
            self.init(accountSid: account, user: account, password: token)
        }
    }

    /// Where the API is, unless a test says otherwise.
    public static let standardURL = "https://api.twilio.com"

    private let credentials: Credentials
    private let url: String
    private let client: HTTPFetcher
    private let logger: Logger

    /// - Parameters:
    ///   - url: scheme and host of the API; requests go nowhere else, and redirects aren't followed.
    ///   - client: makes the requests.
    public init(
        credentials: Credentials, url: String = ProviderAPI.standardURL, client: HTTPFetcher, logger: Logger
    ) {
        self.credentials = credentials
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.client = client
        self.logger = logger
    }

    public func send(_ message: OutgoingMessage) async -> SendAnswer {
        var fields = [("To", message.to), ("From", message.from)]
        if !message.body.isEmpty { fields.append(("Body", message.body)) }
        fields += message.media.map { ("MediaUrl", $0) }
        if let callback = message.statusCallback { fields.append(("StatusCallback", callback)) }
        return await post("Messages", fields, timeout: message.timeout)
    }

    public func place(_ call: OutgoingCall) async -> SendAnswer {
        var fields = [
            ("To", call.to), ("From", call.from), ("Url", call.url), ("Method", "POST"),
            ("StatusCallback", call.statusCallback), ("StatusCallbackMethod", "POST"),
        ]
        // It waits for the end of the greeting, so that a machine hears the message from its beginning.
        if call.detectsMachines { fields.append(("MachineDetection", "DetectMessageEnd")) }
        return await post("Calls", fields, timeout: call.timeout)
    }

    private func post(_ resource: String, _ fields: [(String, String)], timeout: Int) async -> SendAnswer {
        let pair = "\(credentials.user):\(credentials.password)"
        let body = fields.map { "\(percentEncoded($0))=\(percentEncoded($1))" }.joined(separator: "&")
        let answer = await client.fetch(
            FetchRequest(
                method: "POST",
                url: "\(url)/2010-04-01/Accounts/\(percentEncoded(credentials.accountSid))/\(resource).json",
                headers: [
                    .init(
                        "Authorization", "Basic \(String(decoding: base64(Array(pair.utf8)), as: UTF8.self))"),
                    .init("Content-Type", "application/x-www-form-urlencoded"),
                    .init("Accept", "application/json"),
                ],
                body: Array(body.utf8), timeout: timeout))
        let result = judged(answer)
        if case .sent = result { return result }
        logger.warning("provider's API failed", metadata: ["resource": "\(resource)", "answer": "\(result)"])
        return result
    }

    /// 2xx with a sid is done; 429 and 5xx may pass; all else never will. The error's number stands in the JSON as `code`.
    private func judged(_ answer: FetchAnswer) -> SendAnswer {
        switch answer {
        case .failure(let reason): return .failed(reason.rawValue)
        case .response(let status, let body):
            let fields = jsonScalarFields(body)
            if (200..<300).contains(status) {
                return fields["sid"].map { .sent(sid: $0) } ?? .failed("no-sid")
            }
            if status == 429 || status >= 500 { return .failed("status-\(status)") }
            return .refused(code: fields["code"].flatMap { Int($0) })
        }
    }
}

extension Substring {
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
        var text = self
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }
}
