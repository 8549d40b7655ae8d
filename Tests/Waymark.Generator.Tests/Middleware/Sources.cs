namespace Waymark.Generator.Tests.Middleware;

/// <summary>Middleware that tells where it has been.</summary>
internal static class Sources
{
    /// <summary><c>[Mark("A")]</c> and <c>[Use&lt;B&gt;]</c> add what they do to <c>Trace.Text</c>.</summary>
    public const string Marks =
        """
        public static class Trace
        {
            public static string Text { get; set; } = "";
            public static List<string> Wrapped { get; } = [];
            public static int Made { get; set; }
            public static string Take() { string text = Text; Text = ""; return text; }
        }

        public class MarkAttribute(string name) : MiddlewareAttribute
        {
            private readonly int _number = ++Trace.Made;
            public bool Stops { get; set; }
            public override Handler Wrap(Handler next, ServerContext server)
            {
                Trace.Wrapped.Add(name + _number);
                return async exchange =>
                {
                    Trace.Text += "+" + name;
                    try
                    {
                        if (Stops)
                            exchange.Response.Write("stopped by " + name);
                        else
                            await next(exchange);
                    }
                    finally
                    {
                        Trace.Text += "-" + name;
                    }
                };
            }
        }

        public sealed class B() : MarkAttribute("B");
        public sealed class C() : MarkAttribute("C");
        """;
}
