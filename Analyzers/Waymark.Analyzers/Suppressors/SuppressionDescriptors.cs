using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Suppressors;

/// <summary>Which diagnostics of others are beside the point on routes, and why.</summary>
internal static class SuppressionDescriptors
{
    private const string TemplateNeedsIt = "The template of a route has this parameter, so the handler takes it.";
    private const string BinderChecksIt = "The binder answers 400 before it would pass null for this parameter.";
    private const string NobodyCallsIt = "A handler is called by generated code: its name is for links and lists.";
    private const string BinderFillsIt = "The binder sets this property, or answers 400, before anyone sees it.";

    public static readonly SuppressionDescriptor UnusedParameter = new("WMS002", "IDE0060", TemplateNeedsIt);
    public static readonly SuppressionDescriptor UnusedParameterOld = new("WMS002", "CA1801", TemplateNeedsIt);
    public static readonly SuppressionDescriptor UncheckedArgument = new("WMS004", "CA1062", BinderChecksIt);
    public static readonly SuppressionDescriptor AsyncName = new("WMS005", "VSTHRD200", NobodyCallsIt);
    public static readonly SuppressionDescriptor AsyncNameByStyle = new("WMS005", "IDE1006", NobodyCallsIt);
    public static readonly SuppressionDescriptor AsyncNameOfRoslynator = new("WMS005", "RCS1046", NobodyCallsIt);
    public static readonly SuppressionDescriptor UnsetProperty = new("WMS007", "CS8618", BinderFillsIt);

    public static readonly ImmutableArray<SuppressionDescriptor> List =
    [
        UnusedParameter, UnusedParameterOld, UncheckedArgument, AsyncName,
        AsyncNameByStyle, AsyncNameOfRoslynator, UnsetProperty,
    ];

    private static readonly ImmutableDictionary<string, SuppressionDescriptor> BySuppressed =
        List.ToImmutableDictionary(descriptor => descriptor.SuppressedDiagnosticId);

    /// <summary>The one for a diagnostic.</summary>
    public static SuppressionDescriptor Of(Diagnostic diagnostic) => BySuppressed[diagnostic.Id];
}
