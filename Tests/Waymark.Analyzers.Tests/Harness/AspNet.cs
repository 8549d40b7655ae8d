using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>As much of ASP.NET as the refactorings know by name: the real one is no dependency of ours.</summary>
internal static class AspNet
{
    private const string Source = """
        using System;
        using System.Collections.Generic;

        namespace Microsoft.AspNetCore.Routing
        {
            public interface IEndpointRouteBuilder { }
            public sealed class RouteGroupBuilder : IEndpointRouteBuilder { }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            using Microsoft.AspNetCore.Routing;

            public sealed class WebApplication : IEndpointRouteBuilder
            {
                public static WebApplication Create() => new();
                public void Run() { }
            }

            public sealed class RouteHandlerBuilder { public RouteHandlerBuilder RequireAuthorization() => this; }

            public static class EndpointRouteBuilderExtensions
            {
                public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder app, string pattern, Delegate handler) => new();
                public static RouteHandlerBuilder MapPost(this IEndpointRouteBuilder app, string pattern, Delegate handler) => new();
                public static RouteHandlerBuilder MapPut(this IEndpointRouteBuilder app, string pattern, Delegate handler) => new();
                public static RouteHandlerBuilder MapDelete(this IEndpointRouteBuilder app, string pattern, Delegate handler) => new();
                public static RouteHandlerBuilder MapPatch(this IEndpointRouteBuilder app, string pattern, Delegate handler) => new();
                public static RouteHandlerBuilder MapMethods(this IEndpointRouteBuilder app, string pattern, IEnumerable<string> methods, Delegate handler) => new();
                public static RouteGroupBuilder MapGroup(this IEndpointRouteBuilder app, string prefix) => new();
            }
        }

        namespace Microsoft.AspNetCore.Http
        {
            using Microsoft.AspNetCore.Http.HttpResults;

            public interface IResult { }
            public sealed class HttpContext { public string TraceIdentifier => ""; }

            public static class Results
            {
                public static IResult Ok(object? value = null) => null!;
                public static IResult NotFound(object? value = null) => null!;
                public static IResult BadRequest(object? value = null) => null!;
                public static IResult NoContent() => null!;
                public static IResult Unauthorized() => null!;
                public static IResult Created(string? uri, object? value) => null!;
                public static IResult File(string path) => null!;
            }

            public static class TypedResults
            {
                public static Ok<T> Ok<T>(T? value) => null!;
                public static NotFound NotFound() => null!;
                public static IResult StatusCode(int code) => null!;
            }
        }

        namespace Microsoft.AspNetCore.Http.HttpResults
        {
            public sealed class Ok<T> : IResult { }
            public sealed class NotFound : IResult { }
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            [AttributeUsage(AttributeTargets.Class)] public sealed class ApiControllerAttribute : Attribute { }
            [AttributeUsage(AttributeTargets.All)] public sealed class RouteAttribute(string template) : Attribute { public string Template => template; }
            public abstract class HttpMethodAttribute(string? template) : Attribute { public string? Template => template; public string? Name { get; set; } public int Order { get; set; } }
            public sealed class HttpGetAttribute(string? template = null) : HttpMethodAttribute(template);
            public sealed class HttpPostAttribute(string? template = null) : HttpMethodAttribute(template);
            public sealed class HttpPutAttribute(string? template = null) : HttpMethodAttribute(template);
            public sealed class HttpDeleteAttribute(string? template = null) : HttpMethodAttribute(template);
            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)] public sealed class ProducesResponseTypeAttribute(int status) : Attribute { public int Status => status; }
            public sealed class NonActionAttribute : Attribute { }
            public sealed class FromRouteAttribute : Attribute { public string? Name { get; set; } }
            public sealed class FromQueryAttribute : Attribute { public string? Name { get; set; } }
            public sealed class FromHeaderAttribute : Attribute { public string? Name { get; set; } }
            public sealed class FromFormAttribute : Attribute { }
            public sealed class FromBodyAttribute : Attribute { }
            public sealed class FromServicesAttribute : Attribute { }
            public interface IActionResult { }
            public class ActionResult : IActionResult { }
            public sealed class ActionResult<T> { public static implicit operator ActionResult<T>(T value) => new(); public static implicit operator ActionResult<T>(ActionResult value) => new(); }
            public class OkObjectResult : ActionResult { }

            public abstract class ControllerBase
            {
                public Microsoft.AspNetCore.Http.HttpContext HttpContext => null!;
                public OkObjectResult Ok(object? value) => new();
                public ActionResult Ok() => new();
                public ActionResult NotFound() => new();
                public ActionResult NotFound(object? value) => new();
                public ActionResult BadRequest(object? value) => new();
                public ActionResult NoContent() => new();
                public ActionResult Unauthorized() => new();
                public ActionResult StatusCode(int code) => new();
                public ActionResult CreatedAtAction(string? action, object? values, object? value) => new();
                public ActionResult Created(string uri, object? value) => new();
            }
        }

        namespace Microsoft.AspNetCore.Authorization
        {
            public sealed class AuthorizeAttribute : Attribute { }
        }
        """;

    /// <summary>The assembly.</summary>
    public static readonly MetadataReference Reference = Compile();

    private static PortableExecutableReference Compile()
    {
        var compilation = CSharpCompilation.Create(
            "Microsoft.AspNetCore",
            [CSharpSyntaxTree.ParseText(Source, new CSharpParseOptions(LanguageVersion.Preview))],
            Project.References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
