using System.Globalization;

namespace Waymark.Benchmarks.Generation;

/// <summary>The texts of the sample project, all shapes of handler that services are made of.</summary>
internal static class SampleSource
{
    public const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Waymark;
        """;

    /// <summary>The type that travels and its JSON context (written out: its own generator is not run).</summary>
    public const string Shared =
        """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        namespace Shop;

        public sealed record Item(int Id, string? Name);

        [JsonSerializable(typeof(Item)), JsonSerializable(typeof(List<Item>))]
        internal sealed partial class AppJson : JsonSerializerContext
        {
            public AppJson() : base(null) { }
            public static AppJson Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private const string RouteFile =
        """
        namespace Shop.Area#;

        /// <summary>Handlers of area #.</summary>
        [Group("/area#")]
        public static class Items#
        {
            [Get("/items")] public static List<Item> List(int page = 1, string? sort = null) => [];
            [Get("/items/:id")] public static Item? Find(int id) => null;
            [Post("/items")] public static Item Add(Item item) => item;
            [Put("/items/:id")] public static Item Replace(int id, Item item) => item;
            [Delete("/items/:id")] public static void Remove(int id) { }
            [Get("/items/:id/parts/:part")] public static string Part(int id, Guid part) => "";
            [Get("/items/:id/notes")] public static Task<List<Item>> Notes(int id) => Task.FromResult<List<Item>>([]);
            [Post("/items/:id/notes")] public static Task Note(int id, Item item,
            CancellationToken stop) => Task.CompletedTask;
            [Get("/files/*path")] public static string File(string path) => path;
            [Patch("/items/:id/state")] public static void State(int id, int state = 0) { }

            private static int Count(List<Item> items) => items.Count;
        }
        """;

    private const string PlainFile =
        """
        namespace Shop.Model;

        /// <summary>Plain code number #.</summary>
        [Serializable]
        public sealed class Plain#
        {
            private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

            public int Total { get; private set; }

            [Obsolete("Use Add.")]
            public void Increment(string key) => Add(key, 1);

            public void Add(string key, int amount)
            {
                if (amount < 0)
                    throw new ArgumentOutOfRangeException(nameof(amount));
                _counts[key] = _counts.TryGetValue(key, out int count) ? count + amount : amount;
                Total += amount;
            }

            public override string ToString() => $"Plain#: {Total}";
        }
        """;

    public static string Routes(int number) => Number(RouteFile, number);

    public static string Plain(int number) => Number(PlainFile, number);

    private static string Number(string text, int number) =>
        text.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
