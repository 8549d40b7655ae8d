using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Answers GET (and HEAD, where no route declares it) on a template.</summary>
/// <remarks>
/// A template starts with <c>/</c>. <c>:name</c> captures one segment, or a part of it beside literal text
/// (<c>/v:version</c>, <c>/:file.json</c>); <c>:name?</c>, last only, may be missing; <c>*name</c>, last only, captures
/// the whole rest and needs at least one byte; <c>*name?</c> may be empty; <c>::</c> is a literal colon.
/// </remarks>
/// <example><code>[Get("/users/:id")] public static User? Find(int id) => …;</code></example>
/// <param name="template">The template, such as <c>/users/:id</c>.</param>
public sealed class GetAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute("GET", template);

/// <summary>Answers HEAD on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class HeadAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute("HEAD", template);

/// <summary>Answers POST on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class PostAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute("POST", template);

/// <summary>Answers PUT on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class PutAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute("PUT", template);

/// <summary>Answers DELETE on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class DeleteAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute(
    "DELETE", template);

/// <summary>Answers PATCH on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class PatchAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute("PATCH", template);

/// <summary>Answers OPTIONS on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class OptionsAttribute([StringSyntax("WaymarkRoute")] string template) : RouteAttribute(
    "OPTIONS", template);
