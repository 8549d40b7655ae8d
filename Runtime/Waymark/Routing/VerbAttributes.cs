using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Answers GET (and HEAD, where no route declares it) on a template.</summary>
/// <remarks>
/// A template starts with <c>/</c>. <c>:name</c> captures one segment, or a part of it beside literal text
/// (<c>/v:version</c>, <c>/:file.json</c>); <c>:name?</c>, last only, may be missing; <c>*name</c>, last only, captures
/// the whole rest and needs at least one byte; <c>*name?</c> may be empty; <c>::</c> is a literal colon.
/// <para>
/// A constraint says which values a parameter takes at all; another value is not this route's, and the next candidate
/// or 404 answers: <c>:id&lt;int&gt;</c>, also <c>long guid bool alpha alnum hex slug</c>, <c>len(3)</c>,
/// <c>len(1,20)</c>, <c>min(1)</c>, <c>max(9)</c>, <c>range(1,9)</c>, <c>in(asc|desc)</c>,
/// <c>re([a-z]{2}-[0-9]+)</c>, and your own (<see cref="ConstraintAttribute"/>); several are separated by commas and
/// all must hold. The parameter's C# type, by contrast, answers a value that does not parse with 400.
/// </para>
/// <para>
/// Of several templates that match a path, the most specific one that has the method answers, decided at the leftmost
/// segment in which they differ: literal, then the longer literal before a parameter, then the longer literals behind
/// it, then a constrained parameter, then a plain one, then a catch-all; then the higher <see
/// cref="VerbAttribute.Rank"/>; then the constraint that takes less, <c>int</c> before <c>long</c>. The order of the
/// source never counts. Two templates that leave a path undecided are an error (WM1010).
/// </para>
/// </remarks>
/// <example><code>[Get("/users/:id")] public static User? Find(int id) => …;</code></example>
/// <param name="template">The template, such as <c>/users/:id</c>.</param>
public sealed class GetAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute("GET", template);

/// <summary>Answers HEAD on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class HeadAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute("HEAD", template);

/// <summary>Answers POST on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class PostAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute("POST", template);

/// <summary>Answers PUT on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class PutAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute("PUT", template);

/// <summary>Answers DELETE on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class DeleteAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute(
    "DELETE", template);

/// <summary>Answers PATCH on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class PatchAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute("PATCH", template);

/// <summary>Answers OPTIONS on a template.</summary>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class OptionsAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute(
    "OPTIONS", template);
