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
        RoutingDescriptors.UnreachableRoute,
        RoutingDescriptors.OverlappingConstraints,
        RoutingDescriptors.Backslash,
        RoutingDescriptors.LiteralSpelling,
        RoutingDescriptors.QueryInTemplate,
        RoutingDescriptors.TrailingSlash,
        RoutingDescriptors.UpperCase,
        RoutingDescriptors.CaseConflict,
        RoutingDescriptors.TooManyCaptures,
        RoutingDescriptors.RepeatedPrefix,
        RoutingDescriptors.MethodToken,
        RoutingDescriptors.ReplacedAnswer,
        RoutingDescriptors.SurprisingLiteral,
        RoutingDescriptors.ForbiddenCharacter,
        RoutingDescriptors.ConstraintMethod,
        BindingDescriptors.CaptureWithoutParameter,
        BindingDescriptors.ParameterWithoutCapture,
        BindingDescriptors.UnreadablePath,
        BindingDescriptors.UnreadableText,
        BindingDescriptors.MissingCapture,
        BindingDescriptors.NeverNull,
        BindingDescriptors.SecondBody,
        BindingDescriptors.BodyWithoutMeaning,
        BindingDescriptors.BodyAndForm,
        BindingDescriptors.UnknownSource,
        BindingDescriptors.UnfillableParameter,
        BindingDescriptors.SecondToken,
        BindingDescriptors.IgnoredCancellation,
        BindingDescriptors.UncheckedAttribute,
        BindingDescriptors.ImpossibleAttribute,
        BindingDescriptors.HeaderName,
        BindingDescriptors.CookieName,
        BindingDescriptors.SameValueTwice,
        BindingDescriptors.UnmakeableType,
        BindingDescriptors.FormWithoutBody,
        BindingDescriptors.ParsedFromString,
        BindingDescriptors.UnreadParameter,
        BindingDescriptors.InstanceHandler,
        BindingDescriptors.HiddenHandler,
        BindingDescriptors.GenericHandler,
        BindingDescriptors.AsyncVoidHandler,
        BindingDescriptors.MisplacedRoute,
        ResponseDescriptors.UnlistedJsonType,
        ResponseDescriptors.BlockingCall,
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
        CompositionDescriptors.TableName,
        ProjectDescriptors.LanguageVersion,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        List.ToImmutableDictionary(descriptor => descriptor.Id);

    /// <summary>The descriptor of a problem that the shared reading found.</summary>
    public static DiagnosticDescriptor Of(string id) => ById[id];
}
