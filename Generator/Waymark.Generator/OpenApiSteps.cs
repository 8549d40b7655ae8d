using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Emit;
using Waymark.Generator.Extraction.Documents;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Planning.OpenApi;

namespace Waymark.Generator;

/// <summary>The steps that make the OpenAPI document.</summary>
/// <remarks>
/// <code>
/// calls of MapOpenApi, MapDocs --+
/// MSBuild's WaymarkOpenApi    ---+--&gt; OpenApiFacts (or none) --+--&gt; OpenApi --&gt; Waymark.OpenApi.g.cs
/// compilation, Emittable, Setup -+            Emittable, Setup -+
/// </code>
/// Rules of this file: nothing of it is in the way of another step, so that an edit of a comment prints the document
/// again and nothing else; where no document is asked for, nothing is read.
/// </remarks>
internal static class OpenApiSteps
{
    public static void Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EmittableModel> emittable,
        IncrementalValueProvider<TableSetup> setup)
    {
        IncrementalValueProvider<bool> isAsked = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => IsCall(node), static (_, _) => true)
            .Collect()
            .Select(static (calls, _) => calls.Length > 0)
            .Combine(context.AnalyzerConfigOptionsProvider
                .Select(static (options, _) =>
                    RouteGenerator.IsSet(options, "build_property.WaymarkOpenApi", "true")
                    || RouteGenerator.HasValue(options, "build_property.WaymarkOpenApiFile")))
            .Select(static (pair, _) => pair.Left || pair.Right);
        IncrementalValueProvider<OpenApiReading> reading = emittable.Combine(setup).Combine(isAsked)
            .Combine(context.CompilationProvider)
            .Select(static (all, stop) =>
            {
                (((EmittableModel routes, TableSetup said), bool isAskedFor), Compilation compilation) = all;
                return Read(routes, said, isAskedFor, compilation, stop);
            })
            .WithTrackingName(TrackingNames.OpenApiFacts);
        context.RegisterSourceOutput(
            emittable.Combine(setup).Combine(reading)
                .Select(static (all, _) => Plan(all.Left.Left, all.Left.Right, all.Right))
                .WithTrackingName(TrackingNames.OpenApi),
            static (output, planned) =>
            {
                string hint = HintNames.WithEnding(HintNames.OpenApi);
                if (planned.Failure is { } failure)
                    RouteGenerator.Add(output, hint, () => ProblemEmitter.Emit([failure]));
                else if (planned.Document is { } document)
                    RouteGenerator.Add(output, hint, () => OpenApiEmitter.Emit(document));
            });
    }

    private static OpenApiReading Read(
        EmittableModel routes, TableSetup setup, bool isAskedFor, Compilation compilation, CancellationToken stop)
    {
        // Without a class Routes there is nothing to put a document into.
        bool hasTable = routes.Routes.Count > 0 || setup.Export is not null || setup.Mounts.Count > 0;
        if (!hasTable || !(isAskedFor || OpenApiAttributes.IsAsked(compilation.Assembly)))
            return new OpenApiReading(null, null);
        try
        {
            IEnumerable<HandlerModel> handlers = routes.Routes.Select(route => route.Handler);
            return new OpenApiReading(
                OpenApiFactsReader.Read(compilation, handlers, setup.JsonContexts, stop), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new OpenApiReading(null, RouteGenerator.FailureOf("read what it documents", exception));
        }
    }

    private static OpenApiPlanned Plan(EmittableModel routes, TableSetup setup, OpenApiReading reading)
    {
        if (reading.Facts is not { } facts)
            return new OpenApiPlanned(null, reading.Failure);
        try
        {
            return new OpenApiPlanned(OpenApiPlan.Of(routes, setup, facts), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new OpenApiPlanned(null, RouteGenerator.FailureOf("make the OpenAPI document", exception));
        }
    }

    /// <summary>By name alone: which method it is costs more to know than a document that nobody asks for.</summary>
    private static bool IsCall(SyntaxNode node) => node is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MapOpenApi" or "MapDocs" },
    };
}

/// <summary>What was read, or why nothing could be; neither where no document is asked for.</summary>
internal sealed record OpenApiReading(OpenApiFacts? Facts, RouteProblem? Failure);

/// <summary>The document, or why there is none; neither where none is asked for.</summary>
internal sealed record OpenApiPlanned(OpenApiDocument? Document, RouteProblem? Failure);
