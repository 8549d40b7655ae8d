using Microsoft.CodeAnalysis;

namespace Waymark.Analyzers.Descriptors;

/// <summary>The diagnostics of handlers and of their parameters.</summary>
/// <remarks>
/// Every message is a finished sentence that names the input, the rule and the way out; so the format is empty.
/// </remarks>
internal static class BindingDescriptors
{
    private const string Category = "Waymark.Binding";

    public static readonly DiagnosticDescriptor CaptureWithoutParameter = new(
        "WM2001", "A capture has a handler parameter", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2001.md");

    public static readonly DiagnosticDescriptor ParameterWithoutCapture = new(
        "WM2002", "A path parameter is in the template", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2002.md");

    public static readonly DiagnosticDescriptor UnreadablePath = new(
        "WM2003", "A path parameter has a type that text is parsed into", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2003.md");

    public static readonly DiagnosticDescriptor UnreadableText = new(
        "WM2004", "A parameter made of text has a type that text is parsed into", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2004.md");

    public static readonly DiagnosticDescriptor MissingCapture = new(
        "WM2005", "A parameter can say that its capture is missing", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2005.md");

    public static readonly DiagnosticDescriptor NeverNull = new(
        "WM2006", "A parameter is nullable only where its capture may be missing", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2006.md");

    public static readonly DiagnosticDescriptor SecondBody = new(
        "WM2007", "A handler takes at most one body", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2007.md");

    public static readonly DiagnosticDescriptor BodyWithoutMeaning = new(
        "WM2008", "A body is read from a request whose body has a meaning", "{0}", Category,
        DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2008.md");

    public static readonly DiagnosticDescriptor BodyAndForm = new(
        "WM2009", "A handler takes its body once, whole or as a form", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2009.md");

    public static readonly DiagnosticDescriptor UnknownSource = new(
        "WM2010", "A parameter has a source", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2010.md");

    public static readonly DiagnosticDescriptor UnfillableParameter = new(
        "WM2011", "A parameter is passed by value and can be filled", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2011.md");

    public static readonly DiagnosticDescriptor SecondToken = new(
        "WM2013", "A handler takes one CancellationToken", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2013.md");

    public static readonly DiagnosticDescriptor IgnoredCancellation = new(
        "WM2014", "A handler passes its CancellationToken on", "{0}", Category, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM2014.md");

    public static readonly DiagnosticDescriptor UncheckedAttribute = new(
        "WM2020", "A validation attribute is one that is compiled", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2020.md");

    public static readonly DiagnosticDescriptor ImpossibleAttribute = new(
        "WM2021", "A validation attribute can be met", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2021.md");

    public static readonly DiagnosticDescriptor HeaderName = new(
        "WM2015", "A header parameter names a field that can exist", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2015.md");

    public static readonly DiagnosticDescriptor CookieName = new(
        "WM2016", "A cookie parameter names a cookie that can exist", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2016.md");

    public static readonly DiagnosticDescriptor SameValueTwice = new(
        "WM2017", "A value of a request is taken once", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2017.md");

    public static readonly DiagnosticDescriptor UnmakeableType = new(
        "WM2019", "A type that gathers values can be made", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2019.md");

    public static readonly DiagnosticDescriptor FormWithoutBody = new(
        "WM2022", "A form is read from a method that has a body", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2022.md");

    public static readonly DiagnosticDescriptor ParsedFromString = new(
        "WM2023", "A type is parsed without a string", "{0}", Category, DiagnosticSeverity.Info, true,
        helpLinkUri: "docs/diagnostics/WM2023.md");

    public static readonly DiagnosticDescriptor UnreadParameter = new(
        "WM2024", "A parameter is read", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2024.md");

    public static readonly DiagnosticDescriptor UnstatedList = new(
        "WM2025", "A list says whether it is the body", "{0}", Category, DiagnosticSeverity.Warning, true,
        helpLinkUri: "docs/diagnostics/WM2025.md");

    public static readonly DiagnosticDescriptor InstanceHandler = new(
        "WM2030", "A handler is static", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2030.md");

    public static readonly DiagnosticDescriptor HiddenHandler = new(
        "WM2031", "A handler and its types are accessible", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2031.md");

    public static readonly DiagnosticDescriptor GenericHandler = new(
        "WM2032", "A handler is not generic", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2032.md");

    public static readonly DiagnosticDescriptor AsyncVoidHandler = new(
        "WM2033", "A handler is not async void", "{0}", Category, DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2033.md");

    public static readonly DiagnosticDescriptor MisplacedRoute = new(
        "WM2034", "A route stands on a static method of a class or struct", "{0}", Category,
        DiagnosticSeverity.Error, true,
        helpLinkUri: "docs/diagnostics/WM2034.md");
}
