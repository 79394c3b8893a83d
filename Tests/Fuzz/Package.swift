// swift-tools-version: 6.1
import PackageDescription

// Built with the fuzzer and AddressSanitizer by Scripts/fuzz; not a part of the main package, so that nobody else pays
// for it.

func fuzzer(_ name: String, _ products: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: ["Fuzzing"] + products.map { .product(name: $0, package: "flowc") },
        // A fuzzer's only file holds `@main`.
        swiftSettings: [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "flowc", path: "../..")],
    targets: [
        .target(name: "CLibFuzzer"),
        .target(name: "Fuzzing", dependencies: ["CLibFuzzer"]),
        fuzzer("FuzzParse", ["FlowLang"]),
        fuzzer("FuzzCompile", ["FlowLang", "FlowCompiler", "FlowProgram", "_FlowProperties"]),
        fuzzer("FuzzMachine", ["FlowLang", "FlowCompiler", "FlowProgram", "_FlowProperties"]),
        fuzzer(
            "FuzzWebhook",
            ["FlowLang", "FlowCompiler", "FlowProgram", "FlowWebhook", "FlowRuntime", "_FlowProperties"]),
    ],
    swiftLanguageModes: [.v6]
)
