using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>All diagnostics, and the one of an id.</summary>
internal static class AllDescriptors
{
    public static readonly ImmutableArray<DiagnosticDescriptor> List =
    [
        RoutingDescriptors.TemplateStart,
        RoutingDescriptors.EmptySegment,
        RoutingDescriptors.ParameterName,
        RoutingDescriptors.DuplicateName,
        RoutingDescriptors.CatchAllOrder,
        RoutingDescriptors.OptionalOrder,
        RoutingDescriptors.TouchingCaptures,
        RoutingDescriptors.UnknownConstraint,
        RoutingDescriptors.ConstraintArgument,
        RoutingDescriptors.RouteConflict,
        RoutingDescriptors.QueryInTemplate,
        RoutingDescriptors.CaseConflict,
        RoutingDescriptors.TooManyCaptures,
        RoutingDescriptors.MethodToken,
        RoutingDescriptors.ForbiddenCharacter,
        RoutingDescriptors.ConstraintMethod,
        BindingDescriptors.CaptureWithoutParameter,
        BindingDescriptors.ParameterWithoutCapture,
        BindingDescriptors.UnreadablePath,
        BindingDescriptors.UnreadableText,
        BindingDescriptors.SecondBody,
        BindingDescriptors.BodyAndForm,
        BindingDescriptors.UnknownSource,
        BindingDescriptors.UnfillableParameter,
        BindingDescriptors.UncheckedAttribute,
        BindingDescriptors.ImpossibleAttribute,
        BindingDescriptors.HeaderName,
        BindingDescriptors.CookieName,
        BindingDescriptors.SameValueTwice,
        BindingDescriptors.UnmakeableType,
        BindingDescriptors.FormWithoutBody,
        BindingDescriptors.InstanceHandler,
        BindingDescriptors.HiddenHandler,
        BindingDescriptors.GenericHandler,
        BindingDescriptors.AsyncVoidHandler,
        BindingDescriptors.MisplacedRoute,
        ResponseDescriptors.UnlistedJsonType,
        ResponseDescriptors.UntypedResult,
        ResponseDescriptors.UnknownOutcome,
        ResponseDescriptors.ImpossibleStatus,
        ResponseDescriptors.SharedStatus,
        ResponseDescriptors.MediaType,
        ResponseDescriptors.UnlistedDerivedType,
        ResponseDescriptors.DeferredQuery,
        ResponseDescriptors.UnsupportedMember,
        CompositionDescriptors.LinkName,
        CompositionDescriptors.RouteName,
        LinkDescriptors.LiteralPath,
        LinkDescriptors.UnknownPath,
        LinkDescriptors.MissingSummary,
        LinkDescriptors.UnknownParameter,
        LinkDescriptors.ImpossibleResponse,
        CompositionDescriptors.MountedType,
        CompositionDescriptors.MountConflict,
        CompositionDescriptors.MountCycle,
        ProjectDescriptors.UnusedTable,
        CompositionDescriptors.MountPrefix,
        ProjectDescriptors.LanguageVersion,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        List.ToImmutableDictionary(descriptor => descriptor.Id);

    /// <summary>The descriptor of a problem that the shared reading found.</summary>
    public static DiagnosticDescriptor Of(string id) => ById[id];
}
