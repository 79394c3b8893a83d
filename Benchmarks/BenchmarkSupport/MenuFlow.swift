import FlowCompiler
import FlowLang
import FlowProgram
package import FlowRuntime
import Foundation

/// `flows/main-menu.yaml`, compiled, in office hours.
package enum MenuFlow {
    /// Monday, 2026-11-23, 10:00 in New York.
    package static let now: Int64 = 1_795_446_000_000
    package static let baseURL = "https://flows.example.com"
    package static let salesNumber = "+15555550111"
    package static let operatorNumber = "+15555550112"

    /// Reads the file from the working directory.
    package static func deployment() throws -> Deployment {
        let name = "flows/main-menu.yaml"
        guard let bytes = FileManager.default.contents(atPath: name) else { throw NotFound(name: name) }
        let compilation = FlowCompiler.compile(
            [SourceFile(id: 0, name: name, bytes: Array(bytes))],
            options: CompilerOptions(knowsTimezone: { SystemZoneRules().knows($0) }))
        return try Deployment(
            compilation.programs,
            environment: [
                "SALES_NUMBER": salesNumber, "OPERATOR_NUMBER": operatorNumber,
                "SUPPORT_WORKFLOW": "WW00000000000000000000000000000001",
            ])
    }

    /// With memory sessions, and without any fetches: the flow has none.
    package static func conversation(_ deployment: Deployment) -> Conversation {
        Conversation(
            deployment: deployment, store: MemoryStore(clock: OfficeClock()), fetcher: NoFetcher(),
            clock: OfficeClock(), zones: SystemZoneRules(), baseURL: baseURL, log: { _ in })
    }
}

struct NotFound: Error {
    var name: String
}

struct OfficeClock: WallClock {
    func now() -> Int64 { MenuFlow.now }
}

struct NoFetcher: Fetcher {
    func fetch(_ request: FetchRequest) async -> FetchAnswer { .failure(.unreachable) }
}
