using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Generator.Emit;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator;

/// <summary>Emits the route table and the thunks of a project's handlers.</summary>
/// <remarks>
/// <code>
/// verb attributes --&gt; Routes (sorted) --+--&gt; Emittable --+--&gt; Handlers, one a class --&gt; Shop.Users.g.cs
/// [Command]                          --&gt; CommandSteps --&gt; Shop.Ftp.Commands.g.cs
/// [JsonSerializable], [Constraint],      |               +--&gt; Table --&gt; Waymark.Routes.g.cs
/// [assembly: …]      --&gt; Setup ----------+               +--&gt; Links --&gt; Waymark.Links.Users.g.cs
///                                        |               +--&gt; Middleware --&gt; Waymark.Middleware.g.cs
///   shapes of JSON types  ---------------+---------------+--&gt; Validators --&gt; Waymark.Validators.g.cs
///                                                        +--&gt; OpenApi --&gt; Waymark.OpenApi.g.cs (where asked for)
///                                                        +--&gt; Diagnostics --&gt; Waymark.Problems.g.cs
/// </code>
/// Rules of this file: symbols end in the first transform; each later step is a pure function of values, and equal
/// values stop an edit there. Nothing throws: what fails becomes the problem WM6003, an <c>#error</c> whether analyzers
/// run or not, because no analyzer knows of it.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class RouteGenerator : IIncrementalGenerator
{
    internal const string InternalFailure = "WM6003";

    private static readonly IComparer<RouteModel> RouteOrder = Comparer<RouteModel>.Create(RouteChecks.Compare);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<RouteModel>> routes = ReadRoutes(context);
        IncrementalValueProvider<TableSetup> setup = SetupReader.Read(context);
        // Routes are not compared anew when a type of JSON changes: only validators look into those.
        IncrementalValueProvider<TableSetup> routing = setup.Select(static (read, _) => read.WithoutShapes());
        IncrementalValueProvider<EmittableModel> emittable = routes.Combine(routing)
            .Select(static (pair, _) => Check(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Emittable);
        IncrementalValueProvider<bool> isChecked = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => IsSet(options, "build_property.WaymarkCheckedMatcher", "true"));
        IncrementalValueProvider<ValidatorPlan> validators = emittable.Combine(setup)
            .Select(static (pair, _) => PlanValidators(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Validators);
        IncrementalValueProvider<EquatableArray<ValidatedBody>> validated = validators
            .Select(static (plan, _) => plan.Bodies);
        IncrementalValueProvider<RoutePlan> plan = emittable.Combine(routing).Combine(validated).Combine(isChecked)
            .Select(static (all, _) =>
                PlanSafely(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right));

        RegisterPlan(context, plan);
        context.RegisterSourceOutput(validators, static (output, plan) => AddValidators(output, plan));
        OpenApiSteps.Register(context, emittable, setup);

        IncrementalValueProvider<bool> areAnalyzersOff = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => AreAnalyzersOff(options));
        CommandSteps.Register(context, routing, areAnalyzersOff);
        context.RegisterSourceOutput(
            emittable.Combine(areAnalyzersOff)
                .Select(static (pair, _) => Unreported(pair.Left.Problems, pair.Right))
                .Combine(context.CompilationProvider)
                .Select(static (pair, _) => ProblemPlaces.Of(pair.Left, pair.Right))
                .WithTrackingName(TrackingNames.Diagnostics),
            static (output, problems) =>
            {
                if (problems.Count > 0)
                    Add(output, HintNames.WithEnding(HintNames.Problems), () => ProblemEmitter.Emit(problems));
            });
    }

    private static void RegisterPlan(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<RoutePlan> plan)
    {
        context.RegisterSourceOutput(
            plan.SelectMany(static (plan, _) => plan.Classes).WithTrackingName(TrackingNames.Handlers),
            static (output, model) => Add(output, model.HintName, () => HandlerEmitter.Emit(model)));

        context.RegisterSourceOutput(
            plan.Select(static (plan, _) => plan.Failure),
            static (output, failure) =>
            {
                if (failure is not null)
                    output.AddSource(HintNames.WithEnding(HintNames.Failure), ProblemEmitter.Emit([failure]));
            });
        context.RegisterSourceOutput(
            plan.Select(static (plan, _) => plan.Table).WithTrackingName(TrackingNames.Table),
            static (output, table) =>
            {
                if (table.IsEmitted)
                    Add(output, HintNames.WithEnding(HintNames.Routes), () => TableEmitter.Emit(table));
            });

        context.RegisterSourceOutput(
            plan.Select(static (plan, _) => plan.Middleware).WithTrackingName(TrackingNames.Middleware),
            static (output, middleware) =>
            {
                if (middleware.IsEmitted)
                    Add(output, HintNames.WithEnding(HintNames.Middleware), () => MiddlewareEmitter.Emit(middleware));
            });

        context.RegisterSourceOutput(
            plan.Select(static (plan, _) => plan.Parsers).WithTrackingName(TrackingNames.Parsers),
            static (output, parsers) =>
            {
                if (parsers.Values.Count > 0)
                    Add(output, HintNames.WithEnding(HintNames.Parsers), () => ParserEmitter.Emit(parsers));
            });

        context.RegisterSourceOutput(
            plan.SelectMany(static (plan, _) => plan.Links).WithTrackingName(TrackingNames.Links),
            static (output, links) => Add(output, links.HintName, () => LinkEmitter.Emit(links)));
        context.RegisterSourceOutput(
            plan.Select(static (plan, _) => plan.Links.Count == 0 ? null : plan.Links[0].Namespace),
            static (output, space) =>
            {
                if (space is not null)
                    Add(output, HintNames.WithEnding(HintNames.Links), () => LinkEmitter.EmitFrame(space));
            });
    }

    private static IncrementalValueProvider<EquatableArray<RouteModel>> ReadRoutes(
        IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<RouteModel>>? all = null;
        foreach ((string metadataName, string verb) in KnownNames.VerbAttributes)
        {
            IncrementalValueProvider<EquatableArray<RouteModel>> ofVerb = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    metadataName, static (_, _) => true, (attributed, _) => Read(attributed, verb))
                .SelectMany(static (read, _) => read)
                .Collect()
                .Select(static (read, _) => new EquatableArray<RouteModel>(read));
            all = all is null
                ? ofVerb
                : all.Value.Combine(ofVerb).Select(static (pair, _) => pair.Left.Concat(pair.Right).ToEquatableArray());
        }

        // Sorted before anything looks at them: the order of files and of methods is of no account from here on.
        return all!.Value
            .SelectMany(static (read, _) => read.OrderBy(route => route, RouteOrder))
            .WithTrackingName(TrackingNames.Routes)
            .Collect()
            .Select(static (read, _) => new EquatableArray<RouteModel>(read));
    }

    private static EquatableArray<RouteModel> Read(GeneratorAttributeSyntaxContext attributed, string verb)
    {
        if (attributed.TargetSymbol is not IMethodSymbol { ContainingType: not null } method)
            return EquatableArray<RouteModel>.Empty;
        ImmutableArray<RouteModel>.Builder routes = ImmutableArray.CreateBuilder<RouteModel>();
        foreach (AttributeData attribute in attributed.Attributes)
        {
            try
            {
                if (RouteReader.Read(method, attribute, verb) is { } route)
                    routes.Add(route);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                routes.Add(Failed(method, verb, exception));
            }
        }

        return new EquatableArray<RouteModel>(routes.ToImmutable());
    }

    private static RouteModel Failed(IMethodSymbol method, string verb, Exception exception)
    {
        var handler = new HandlerModel(
            "", method.ContainingType.Name, method.Name, EquatableArray<ParameterModel>.Empty, ResultModel.Nothing);
        Problem problem = Problem.AtMethod(
            InternalFailure,
            $"The generator failed on this route; the others are not affected. Please report: {exception}");
        return new RouteModel(
            verb, "", null, 0, null, EquatableArray<MiddlewareModel>.Empty, handler,
            new EquatableArray<Problem>([problem]));
    }

    private static EmittableModel Check(EquatableArray<RouteModel> routes, TableSetup setup)
    {
        try
        {
            return EmittableModel.Of(routes, setup);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Problem problem = Problem.AtMethod(
                InternalFailure,
                $"The generator failed while it compared routes, so none is emitted. Please report: {exception}");
            var report = new RouteProblem("", "", problem);
            return new EmittableModel(
                EquatableArray<RouteModel>.Empty,
                EquatableArray<MountedEntry>.Empty,
                new EquatableArray<RouteProblem>([report]));
        }
    }

    private static RoutePlan PlanSafely(
        EmittableModel emittable, TableSetup setup, EquatableArray<ValidatedBody> validated, bool isChecked)
    {
        try
        {
            return RoutePlan.Of(emittable, setup, validated, isChecked);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return RoutePlan.Failed(FailureOf("name what it emits", exception));
        }
    }

    private static ValidatorPlan PlanValidators(EmittableModel emittable, TableSetup setup)
    {
        try
        {
            return ValidatorPlan.Of(emittable.Routes, setup);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Problem problem = Problem.AtMethod(
                InternalFailure, $"The generator failed to plan what validates bodies. Please report: {exception}");
            return ValidatorPlan.None with { Failure = new RouteProblem("", "", problem) };
        }
    }

    /// <summary>
    /// The problems that nobody else reports: all where analyzers are off, else the failures of our own.
    /// </summary>
    internal static EquatableArray<RouteProblem> Unreported(
        EquatableArray<RouteProblem> problems, bool areAnalyzersOff) =>
        problems.Where(report => areAnalyzersOff || report.Problem.Id == InternalFailure).ToEquatableArray();

    private static bool AreAnalyzersOff(AnalyzerConfigOptionsProvider options) =>
        IsSet(options, "build_property.RunAnalyzers", "false")
        || IsSet(options, "build_property.RunAnalyzersDuringBuild", "false");

    internal static bool IsSet(AnalyzerConfigOptionsProvider options, string property, string expected) =>
        options.GlobalOptions.TryGetValue(property, out string? value)
        && value.Equals(expected, StringComparison.OrdinalIgnoreCase);

    internal static bool HasValue(AnalyzerConfigOptionsProvider options, string property) =>
        options.GlobalOptions.TryGetValue(property, out string? value) && value.Length > 0;

    /// <summary>A failure of our own, which no analyzer knows of.</summary>
    internal static RouteProblem FailureOf(string what, Exception exception) => new(
        "", "", Problem.AtMethod(InternalFailure, $"The generator failed to {what}. Please report: {exception}"));

    private static void AddValidators(SourceProductionContext output, ValidatorPlan plan)
    {
        if (plan.Failure is { } failure)
            output.AddSource(HintNames.WithEnding(HintNames.Validators), ProblemEmitter.Emit([failure]));
        else if (plan.Validators.Count > 0)
            Add(output, HintNames.WithEnding(HintNames.Validators), () => ValidatorEmitter.Emit(plan));
    }

    /// <summary>Adds a file; one that says what failed where printing does.</summary>
    internal static void Add(SourceProductionContext output, string hintName, Func<string> emit)
    {
        string source;
        try
        {
            source = emit();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Problem problem = Problem.AtMethod(
                InternalFailure, $"The generator failed on this file. Please report: {exception}");
            source = ProblemEmitter.Emit([new RouteProblem(hintName, "", problem)]);
        }

        output.AddSource(hintName, source);
    }
}
