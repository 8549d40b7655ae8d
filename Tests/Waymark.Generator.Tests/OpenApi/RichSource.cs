namespace Waymark.Generator.Tests.OpenApi;

/// <summary>A program that uses all of what a document can show.</summary>
internal static class RichSource
{
    public const string Handlers =
        """"
        using System.ComponentModel.DataAnnotations;
        namespace Shop.Api;

        /// <summary>What customers buy.</summary>
        /// <remarks>See <see cref="Users"/> for <c>who</c> buys.</remarks>
        [Group("/items")]
        [Security("token", "items:read")]
        static class Items
        {
            /// <summary>Finds an item by its <paramref name="id"/> &amp; tells
            /// all of it.</summary>
            /// <remarks>
            /// Slow.
            /// <para>Twice as slow <b>at night</b>, see <see href="https://example.com/slow">why</see>.</para>
            /// <list type="bullet"><item>one</item><item><term>two</term><description>dos</description></item></list>
            /// <code>
            /// GET /items/1
            /// </code>
            /// </remarks>
            /// <param name="id">The number of the item, never <see langword="null"/>.</param>
            /// <returns>The item.</returns>
            /// <response code="404">No item has this number.</response>
            /// <response code="503">The store is being counted.</response>
            [Get("/:id<int,min(1)>")]
            internal static Item? Find(int id) => null;

            /// <summary>Lists items.</summary>
            /// <param name="page">Which page, from 1.</param>
            [Get("/", Name = "listItems"), Security]
            internal static Task<Page<Item>> List(
                [Range(1, 1000)] int page = 1, int? size = null, Color color = Color.Red, Kind[]? kinds = null, string name = "\"quoted\"",
                [Query("from")] DateOnly? since = null, double ratio = 0.5, bool deep = false) => null!;

            [Post("/"), Security("token", "items:write"), Security("key")]
            internal static Item Add([Body] Item item, [Header] string? ifMatch, [Header("X-Tags")] List<string> tags) => item;

            /// <summary>Replaces or changes.</summary>
            [Put("/:id"), Patch("/:id"), Obsolete]
            internal static void Change(long id, Item item) { }

            [Delete("/:key<guid>")] internal static void RemoveByKey(Guid key) { }
            [Delete("/:name<slug,len(2,30)>")] internal static void RemoveByName(string name) { }
            [Route("PURGE", "/:id")] internal static void Purge(string id) { }
            [Get("/:id/picture")] internal static byte[]? Picture(int id) => null;
            [Get("/search"), Security("nobody")] internal static string Search([Bind] SearchTerms terms) => "";
        }

        /// <summary>How to search.</summary>
        /// <param name="Term">What to look for.</param>
        sealed record SearchTerms(string Term, int Limit = 20)
        {
            /// <summary>Where a cookie keeps the session.</summary>
            [Cookie("sid")] public string? Session { get; init; }
        }

        static class Users
        {
            [Get("/users/:name.json")] internal static User Named(string name) => null!;
            [Get("/v:major<int>.:minor?")] internal static string Version(int major, int minor = 0) => "";
            [Get("/files/*path?")] internal static string File(string path = "") => "";
            [Get("/in/:order<in(asc|desc)>/:code<re([a-z]{2}\\-\\d+|x)>/:odd<odd>")]
            internal static string Constrained(string order, string code, int odd) => "";
            [Route("*", "/any")] internal static void Any(Response response) { }
            [Get("/any")] internal static string AnyGet() => "";

            /// <response code="409">The name is taken.</response>
            [Post("/users")]
            internal static Results<Created<User>, Conflict, UnprocessableContent<Tag>> Add(User user) => default;

            [Get("/log"), Produces("application/json", "application/x-ndjson")]
            internal static IAsyncEnumerable<User> Log() => null!;

            [Get("/logo")] internal static FileResult Logo() => default;
            [Post("/shapes")] internal static Shape[] Draw(Dictionary<string, Shape?> shapes) => [];
            [Get("/tree")] internal static Tree Tree() => null!;
            [Constraint("odd")] internal static bool IsOdd(ReadOnlySpan<byte> value) => true;
        }
        """";

    public const string Types =
        """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        namespace Shop.Api
        {
            /// <summary>One thing.</summary>
            /// <param name="Id">Its <i>number</i>.</param>
            sealed record Item(int Id, string Name, Color Color = Color.Green, Item? Part = null)
            {
                /// <summary>What it costs, in cents.</summary>
                public required decimal Price { get; init; }

                public Uri? Link { get; init; }
                public TimeSpan Age { get; init; }
                public byte[] Blob { get; init; } = [];
                public byte Level { get; init; }
                public ulong? Big { get; init; }
                public Guid Key { get; init; }
                public DateTimeOffset At { get; init; }
                public JsonElement Extra { get; init; }
                public Dictionary<string, List<int?>> Counts { get; init; } = [];
                public IReadOnlyList<Other.Tag>? Tags { get; init; }
                public Tag? Own { get; init; }
                public int Double => Id * 2;
                public string Note { get; set; } = "none";

                /// <summary>How good it is.</summary>
                [Range(1, 5)] public int Stars { get; init; } = 3;

                [Range(0.0, 1.0, MinimumIsExclusive = true)] public double? Share { get; init; }
                [StringLength(10, MinimumLength = 2)] public string Code { get; init; } = "ab";
                [RegularExpression("[a-z]+\\-\\d"), Required] public string? Serial { get; init; }
                [EmailAddress] public string? Contact { get; init; }
                [AllowedValues("s", "m", "l")] public string? Size { get; init; }
                [DeniedValues(13)] public int Lucky { get; init; }
                [MinLength(1), MaxLength(9)] public string[] Words { get; init; } = ["a"];
            }

            sealed record Tag(string Text);
            sealed record Page<T>(T[] Items, int Total);
            sealed record User(string Name, char Initial, bool? Active);

            /// <summary>What it looks like.</summary>
            [JsonConverter(typeof(JsonStringEnumConverter<Color>))]
            enum Color
            {
                Red,

                /// <summary>As grass.</summary>
                Green,
            }

            enum Kind { Small, Large }

            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
            [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")]
            abstract record Shape(string Label);

            /// <summary>Round.</summary>
            sealed record Circle(string Label, double Radius) : Shape(Label);
            sealed record Square(string Label, double Side) : Shape(Label);
            sealed class Tree : List<Tree>;

            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Item)), JsonSerializable(typeof(Page<Item>)), JsonSerializable(typeof(User))]
            [JsonSerializable(typeof(Shape[])), JsonSerializable(typeof(Dictionary<string, Shape?>))]
            [JsonSerializable(typeof(Tree)), JsonSerializable(typeof(Tag))]
            sealed partial class ShopJson : JsonSerializerContext;
        }

        namespace Shop.Api.Other
        {
            sealed record Tag(int Number);
        }
        """;

    public const string Attributes =
        """
        [assembly: OpenApi(Title = "Shop", Version = "1.2", Description = "All *of* it.", ServerUrl = "https://shop.test/api")]
        [assembly: SecurityScheme("token", SecurityKind.Bearer, BearerFormat = "JWT", Description = "Log in first.")]
        [assembly: SecurityScheme("key", SecurityKind.ApiKeyHeader, Parameter = "X-Api-Key")]
        [assembly: SecurityScheme("login", SecurityKind.OpenIdConnect, Url = "https://id.test/.well-known/openid-configuration")]
        """;

    /// <summary>The same for OpenAPI 3.0.</summary>
    public static string AttributesV30 =>
        Attributes.Replace("OpenApi(", "OpenApi(SpecVersion = OpenApiVersion.V30, ", StringComparison.Ordinal);
}
