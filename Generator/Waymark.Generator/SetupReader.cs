using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Generator;

/// <summary>The steps that read what an assembly says beside its routes: JSON contexts, constraints, options.</summary>
internal static class SetupReader
{
    /// <summary>All of it in one value, equal to itself as long as nothing of it changes.</summary>
    /// <remarks>
    /// The assembly's own attributes are read from its symbol: a search for each of them costs more than all of them
    /// here.
    /// </remarks>
    public static IncrementalValueProvider<TableSetup> Read(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<AssemblyAttributes> attributes = context.CompilationProvider
            .Select(static (compilation, _) => SetupAttributes.Read(compilation.Assembly));
        IncrementalValueProvider<string> rootNamespace = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => RootNamespaceOf(options));
        return ReadJsonContexts(context)
            .Combine(ReadConstraints(context))
            .Combine(attributes)
            .Combine(rootNamespace)
            .Select(static (all, _) => Join(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.Setup);
    }

    private static TableSetup Join(
        EquatableArray<JsonContextModel> contexts,
        EquatableArray<UserConstraint> constraints,
        AssemblyAttributes attributes,
        string rootNamespace)
    {
        ExportModel? export = attributes.IsExported
            ? new ExportModel(attributes.ExportedNamespace ?? rootNamespace)
            : null;
        return new TableSetup(
            attributes.Options, contexts, constraints, WithoutOwn(attributes.Mounts, export), attributes.Middleware,
            export);
    }

    private static IncrementalValueProvider<EquatableArray<JsonContextModel>> ReadJsonContexts(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            KnownNames.JsonSerializableAttribute,
            static (_, _) => true,
            static (attributed, _) =>
                attributed.TargetSymbol is INamedTypeSymbol type ? JsonContextReader.Read(type) : null)
        .Collect()
        .Select(static (read, _) => read.OfType<JsonContextModel>()
            .Distinct()
            .OrderBy(model => model.TypeName, StringComparer.Ordinal)
            .ToEquatableArray())
        .WithTrackingName(TrackingNames.JsonContexts);

    private static IncrementalValueProvider<EquatableArray<UserConstraint>> ReadConstraints(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            KnownNames.ConstraintAttribute,
            static (_, _) => true,
            static (attributed, _) => attributed.TargetSymbol is IMethodSymbol { ContainingType: not null } method
                ? ConstraintReader.Read(method, attributed.Attributes[0])
                : null)
        .Collect()
        .Select(static (read, _) => read.OfType<UserConstraint>()
            .OrderBy(constraint => constraint.Name, StringComparer.Ordinal)
            .ThenBy(constraint => constraint.Method, StringComparer.Ordinal)
            .ToEquatableArray());

    private static string RootNamespaceOf(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out string? value)
            ? SetupAttributes.NamespaceOf(value)
            : "";

    /// <summary>
    /// A mounted table of the name that this assembly's own will have: generated code would call itself.
    /// </summary>
    private static EquatableArray<MountModel> WithoutOwn(EquatableArray<MountModel> mounts, ExportModel? export)
    {
        string own = export is null || export.Namespace.Length == 0 ? "Routes" : export.Namespace + ".Routes";
        return mounts
            .Select(mount => mount.Table == own ? MountReader.Hidden(mount) : mount)
            .ToEquatableArray();
    }
}
