// swift-tools-version: 6.2
import PackageDescription

// The arrows of docs/architecture.md, written down. The build keeps them true:
// `--explicit-target-dependency-import-check error`.

let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + warnings

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], excluding excluded: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: excluded, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "flowc",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "flowc", targets: ["flowc"]),
        .library(name: "FlowLang", targets: ["FlowLang"]),
        .library(name: "TwiML", targets: ["TwiML"]),
        .library(name: "FlowProgram", targets: ["FlowProgram"]),
        .library(name: "FlowCompiler", targets: ["FlowCompiler"]),
        .library(name: "FlowRuntime", targets: ["FlowRuntime"]),
        .library(name: "FlowWebhook", targets: ["FlowWebhook"]),
        .library(name: "FlowServer", targets: ["FlowServer"]),
        .library(name: "FlowAdmin", targets: ["FlowAdmin"]),
        .library(name: "FlowExport", targets: ["FlowExport"]),
        // For Tests/Fuzz only.
        .library(name: "_FlowProperties", targets: ["FlowProperties"]),
    ],
    // An embedder without a store builds without what it needs: `traits: []` in his Package.swift.
    traits: [
        .trait(name: "SQLite", description: "Sessions in a file, through GRDB and the system's SQLite."),
        .trait(name: "Redis", description: "Sessions in Redis, through the system's hiredis."),
        .default(enabledTraits: ["SQLite", "Redis"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        // Without pkgConfig: the flags that it gives are warned of.
        .systemLibrary(
            name: "CHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
        module("FlowLang", ["CLibYAML"]),
        module("TwiML"),
        module("FlowProgram", ["TwiML", crypto]),
        module(
            "FlowCompiler",
            [
                "FlowLang", "FlowProgram", "TwiML",
                .product(name: "BitCollections", package: "swift-collections"),
            ]),
        module("FlowRuntime", ["FlowProgram", "TwiML", crypto]),
        .target(
            name: "FlowExport",
            dependencies: [
                "FlowRuntime", "FlowProgram", "TwiML",
                .product(name: "BitCollections", package: "swift-collections"),
            ],
            // The machine in JavaScript, which `export function` copies into a project.
            resources: [
                "civil", "evaluate", "fetch", "fetch-request", "functions", "json", "machine", "match-choice",
                "numbers", "parse-answer", "parse-date", "parse-number", "parse-time", "pattern", "program",
                "render", "session", "show", "spoken-numbers", "tables", "text", "values", "walk",
            ].map { .embedInCode("Function/Interpreter/\($0).js") },
            swiftSettings: strict),
        module("FlowWebhook", ["FlowRuntime", "FlowProgram", "TwiML", crypto]),
        module(
            "FlowServer",
            [
                "FlowWebhook", "FlowRuntime", "FlowProgram", crypto, logging,
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
                .target(name: "CHiredis", condition: .when(traits: ["Redis"])),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["Redis"])),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        module(
            "FlowAdmin",
            [
                "FlowServer", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "flowc",
            dependencies: [
                "FlowLang", "TwiML", "FlowProgram", "FlowCompiler", "FlowRuntime", "FlowWebhook",
                "FlowServer", "FlowAdmin", "FlowExport", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            // A link to docs/diagnostics.md: `explain` prints its sections.
            resources: [.embedInCode("diagnostics.md")], swiftSettings: strict),
        // The sample servers of Examples/, which have manifests of their own: built here so that the tests call them. They see what
        // any other package sees.
        .executableTarget(
            name: "LargerApplication",
            dependencies: [
                "FlowProgram", "FlowRuntime", "FlowServer", "FlowWebhook", logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Examples/LargerApplication/Sources/LargerApplication", packageAccess: false,
            swiftSettings: warnings),
        .executableTarget(
            name: "HummingbirdRoutes",
            dependencies: [
                "FlowProgram", "FlowRuntime", "FlowWebhook",
                .product(name: "Hummingbird", package: "hummingbird"),
            ],
            path: "Examples/HummingbirdRoutes/Sources/HummingbirdRoutes", packageAccess: false,
            swiftSettings: warnings),
        .target(name: "FlowTestSupport", path: "Tests/FlowTestSupport", swiftSettings: strict),
        .target(
            name: "FlowProperties", dependencies: ["FlowLang", "FlowProgram", "FlowRuntime"],
            path: "Tests/FlowProperties",
            swiftSettings: strict),
        tests("FlowLangTests", ["FlowLang", "FlowTestSupport"]),
        tests("TwiMLTests", ["TwiML"]),
        tests("FlowExpressionTests", ["FlowLang", "FlowProgram", "FlowCompiler", "FlowRuntime"]),
        tests("FlowCompilerTests", ["FlowLang", "FlowProgram", "FlowCompiler", "FlowTestSupport"]),
        tests("FlowRuntimeTests", ["TwiML", "FlowProgram", "FlowRuntime", crypto]),
        tests(
            "FlowExportTests",
            [
                "FlowExport", "FlowCompiler", "FlowLang", "FlowProgram", "FlowRuntime", "TwiML",
                "FlowProperties",
                "FlowTestSupport",
            ], excluding: ["Node"]),
        tests("FlowPhoneTests", ["TwiML", "FlowProgram", "FlowRuntime"]),
        tests(
            "FlowWebhookTests",
            [
                "FlowWebhook", "FlowRuntime", "FlowProgram", "FlowCompiler", "FlowLang", "TwiML",
                "FlowTestSupport", "FlowProperties", crypto,
            ]),
        tests(
            "FlowServerTests",
            [
                "FlowServer", "FlowWebhook", "FlowRuntime", "FlowProgram", "FlowCompiler", "FlowLang",
                "FlowTestSupport", logging,
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests(
            "ExampleTests",
            [
                "FlowCompiler", "FlowLang", "FlowProgram", "FlowRuntime", "FlowWebhook", "FlowServer",
                "FlowTestSupport", "FlowProperties", "FlowExport", "TwiML", "flowc", "LargerApplication",
                "HummingbirdRoutes",
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// `make bench` sets the variable: for everybody else these targets don't exist. They stand in this
// package since the machine alone is seen within it only.
if Context.environment["FLOWC_BENCHMARKS"] != nil {
    func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
        .executableTarget(
            name: name, dependencies: dependencies, path: "Benchmarks/\(name)", swiftSettings: strict)
    }
    package.targets += [
        .target(name: "ProjectGenerator", path: "Benchmarks/ProjectGenerator", swiftSettings: strict),
        .target(
            name: "BenchmarkSupport",
            dependencies: ["FlowCompiler", "FlowLang", "FlowProgram", "FlowRuntime"],
            path: "Benchmarks/BenchmarkSupport", swiftSettings: strict),
        benchmark(
            "CompileBenchmark",
            ["BenchmarkSupport", "CLibYAML", "ProjectGenerator", "FlowLang", "FlowCompiler", "FlowProgram"]),
        benchmark("GrowthBenchmark", ["BenchmarkSupport", "ProjectGenerator", "FlowLang", "FlowCompiler"]),
        benchmark("TurnBenchmark", ["BenchmarkSupport", "FlowProgram", "FlowRuntime"]),
        benchmark(
            "ServeBenchmark",
            [
                "BenchmarkSupport", "FlowRuntime", "FlowWebhook", "FlowServer", crypto, logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ]
}
