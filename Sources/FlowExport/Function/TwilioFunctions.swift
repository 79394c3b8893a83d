public import FlowProgram
import FlowRuntime
import FoundationEssentials

/// A project of the provider's Serverless Toolkit that answers without a server of one's own: each flow's program as data, one
/// interpreter of the machine in JavaScript, and a function for each flow and channel.
///
/// - Throws: `FunctionProblems` that names every step that a Function can't do.
public func twilioFunctions(of programs: [Program]) throws(FunctionProblems) -> Export {
    let problems = programs.enumerated().flatMap { index, program in
        functionProblems(of: program, at: index, LiveVariables(program))
    }
    guard problems.isEmpty else { throw FunctionProblems(problems: problems) }
    return functionProject(of: programs, bounds: FunctionBounds.all)
}

/// The files of a project, whether a Function can do it all or not.
func functionProject(of programs: [Program], bounds: [String: Int]) -> Export {
    var documents = interpreter()
    documents.append(
        .file("assets/flowc/tables.private.json", FunctionTables(for: programs, bounds: bounds).bytes))
    documents.append(.file("package.json", Array(packageFile.utf8)))
    documents.append(.file(".env.example", Array(environmentExample(of: programs).utf8)))
    for program in programs {
        let name = "\(program.channel.rawValue)/\(program.flow)"
        documents.append(
            .file("assets/flowc/programs/\(name).private.json", ProgramAsset(program).bytes))
        documents.append(
            Export.Document(
                path: "functions/\(name).protected.js", bytes: Array(function(name).utf8), flow: program.flow,
                channel: program.channel.rawValue,
                setting: program.channel == .voice ? "VoiceUrl" : "SmsUrl", method: "POST"))
    }
    return Export(kind: .function, documents: documents)
}

/// Everything that keeps programs from being Functions.
public struct FunctionProblems: Error, Sendable {
    /// In the order of the programs and their operations.
    public let problems: [FunctionProblem]
}

/// What a function has of its flow: the program, its hash, and which variables may still be read from each operation on.
private struct ProgramAsset: Encodable {
    var program: Program
    var hash: String
    var live: [[Int]]

    init(_ program: Program) {
        self.program = program
        hash = program.contentHash.prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
        live = LiveVariables(program).atOperation
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array((try? encoder.encode(self)) ?? Data())
    }
}

private func interpreter() -> [Export.Document] {
    let files: [(name: String, bytes: [UInt8])] = [
        ("civil", PackageResources.civil_js), ("evaluate", PackageResources.evaluate_js),
        ("fetch", PackageResources.fetch_js), ("fetch-request", PackageResources.fetch_request_js),
        ("functions", PackageResources.functions_js), ("json", PackageResources.json_js),
        ("machine", PackageResources.machine_js), ("match-choice", PackageResources.match_choice_js),
        ("numbers", PackageResources.numbers_js), ("parse-answer", PackageResources.parse_answer_js),
        ("parse-date", PackageResources.parse_date_js), ("parse-number", PackageResources.parse_number_js),
        ("parse-time", PackageResources.parse_time_js), ("pattern", PackageResources.pattern_js),
        ("program", PackageResources.program_js), ("render", PackageResources.render_js),
        ("session", PackageResources.session_js), ("show", PackageResources.show_js),
        ("spoken-numbers", PackageResources.spoken_numbers_js), ("tables", PackageResources.tables_js),
        ("text", PackageResources.text_js), ("values", PackageResources.values_js),
        ("walk", PackageResources.walk_js),
    ]
    return files.map { .file("assets/flowc/\($0.name).private.js", $0.bytes) }
}

/// Only requests with the provider's signature reach a protected function.
private func function(_ name: String) -> String {
    """
    'use strict';

    const { handlerOf } = require(Runtime.getAssets()['/flowc/machine.js'].path);

    exports.handler = handlerOf('\(name)');

    """
}

/// Cookies and headers of a request come with the platform's handler from 1.2 on.
private let packageFile = """
    {
      "name": "flows",
      "version": "0.0.0",
      "private": true,
      "engines": {
        "node": "22"
      },
      "dependencies": {
        "@twilio/runtime-handler": "1.3.0"
      }
    }

    """

private func environmentExample(of programs: [Program]) -> String {
    var lines = [
        "# Copy this file to .env: it is deployed with the project and belongs into no repository.", "",
        "# Seals what conversations remember: at least 32 characters, such as `openssl rand -hex 32` gives.",
        "# While one is replaced: NEW,OLD.", "FLOWC_SECRET=",
    ]
    var seen: Set<String> = []
    for program in programs {
        for item in program.config where seen.insert(item.variable).inserted {
            let value = item.defaultValue.map { $0.plainText(of: item.type) }
            lines += ["", "# \(item.type.display), of \(program.flow)"]
            lines.append(
                "\(value == nil && !item.type.isOptional ? "" : "# ")\(item.variable)=\(value ?? "")")
        }
    }
    return lines.map { $0 + "\n" }.joined()
}
