namespace Waymark.Generator;

/// <summary>The pipeline's steps by name, for the tests that watch which of them an edit runs again.</summary>
internal static class TrackingNames
{
    /// <summary>One item for each route, sorted: an edit that only moves routes about changes nothing behind this
    /// step.</summary>
    public const string Routes = nameof(Routes);

    /// <summary>All JSON contexts.</summary>
    public const string JsonContexts = nameof(JsonContexts);

    /// <summary>What the assembly says beside its routes.</summary>
    public const string Setup = nameof(Setup);

    /// <summary>The routes that are emitted, and the problems of the others.</summary>
    public const string Emittable = nameof(Emittable);

    /// <summary>One item for each handler class.</summary>
    public const string Handlers = nameof(Handlers);

    /// <summary>The rows of the table.</summary>
    public const string Table = nameof(Table);

    /// <summary>What attributes put around the routes.</summary>
    public const string Middleware = nameof(Middleware);

    /// <summary>What reads the users' own types from text.</summary>
    public const string Parsers = nameof(Parsers);

    /// <summary>What validates the bodies.</summary>
    public const string Validators = nameof(Validators);

    /// <summary>The links to the routes.</summary>
    public const string Links = nameof(Links);

    /// <summary>Documentation and attributes for the OpenAPI document; empty where none is asked for.</summary>
    public const string OpenApiFacts = nameof(OpenApiFacts);

    /// <summary>The OpenAPI document; empty where none is asked for.</summary>
    public const string OpenApi = nameof(OpenApi);

    /// <summary>What becomes an <c>#error</c>.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>All commands of the assembly, sorted.</summary>
    public const string Commands = nameof(Commands);

    /// <summary>The commands that are emitted, and the problems of the others.</summary>
    public const string CommandPlan = nameof(CommandPlan);

    /// <summary>One item for each class with commands.</summary>
    public const string CommandFiles = nameof(CommandFiles);

    public static readonly IReadOnlyList<string> All =
        [
            Routes, JsonContexts, Setup, Emittable, Handlers, Table, Middleware, Parsers, Validators, Links,
            OpenApiFacts, OpenApi, Diagnostics, Commands, CommandPlan,
        ];
}
