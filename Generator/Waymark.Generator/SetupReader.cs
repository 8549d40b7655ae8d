using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator;

/// <summary>The steps that read what an assembly says beside its routes: JSON contexts, constraints, options.</summary>
internal static class SetupReader
{
    /// <summary>All of it in one value, equal to itself as long as nothing of it changes.</summary>
    public static IncrementalValueProvider<TableSetup> Read(IncrementalGeneratorInitializationContext context) =>
        ReadJsonContexts(context)
            .Combine(ReadConstraints(context))
            .Combine(ReadOptions(context))
            .Combine(ReadMounts(context))
            .Combine(ReadExport(context))
            .Select(static (all, _) => new TableSetup(
                all.Left.Left.Right,
                all.Left.Left.Left.Left,
                all.Left.Left.Left.Right,
                WithoutOwn(all.Left.Right, all.Right),
                all.Right))
            .WithTrackingName(TrackingNames.Setup);

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

    private static IncrementalValueProvider<TableOptions> ReadOptions(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            KnownNames.RouteOptionsAttribute,
            static (_, _) => true,
            static (attributed, _) => SetupAttributes.ReadOptions(attributed.Attributes[0]))
        .Collect()
        .Select(static (read, _) => read.IsEmpty ? TableOptions.Default : read[0]);

    private static IncrementalValueProvider<EquatableArray<MountModel>> ReadMounts(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            KnownNames.MountAttribute,
            static (_, _) => true,
            static (attributed, _) => attributed.Attributes
                .Select(attribute => MountReader.Read(attribute, attributed.SemanticModel.Compilation.Assembly))
                .OfType<MountModel>()
                .ToEquatableArray())
        .SelectMany(static (read, _) => read)
        .Collect()
        .Select(static (read, _) => read
            .OrderBy(mount => mount.Prefix, StringComparer.Ordinal)
            .ThenBy(mount => mount.Table, StringComparer.Ordinal)
            .ToEquatableArray());

    private static IncrementalValueProvider<ExportModel?> ReadExport(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            KnownNames.ExportRoutesAttribute,
            static (_, _) => true,
            static (attributed, _) => SetupAttributes.ReadExportedNamespace(attributed.Attributes[0]))
        .Collect()
        .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => RootNamespaceOf(options)))
        .Select(static (pair, _) => pair.Left.IsEmpty ? null : new ExportModel(
            pair.Left[0] is { } named ? SetupAttributes.NamespaceOf(named) : pair.Right));

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
