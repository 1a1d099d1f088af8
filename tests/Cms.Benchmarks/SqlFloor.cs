using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.Articles;
using Cms.GraphQL.Types;
using Microsoft.Data.Sqlite;

namespace Cms.Benchmarks;

/// <summary>Serves the same responses from handwritten SQL, to measure the cost without GraphQL and EF.</summary>
internal sealed class SqlFloor(string file)
{
    private const string Card = """
        SELECT e."Id", e."ArticleId", e."Slug", e."Headline", e."Summary", e."PublishedAt", s."Name"
        """;
    private const string Newest = $"""
        {Card} FROM "ArticleListings" l JOIN "Editions" e ON e."Id" = l."EditionId" LEFT JOIN "Sources" s ON s."Id" = e."SourceId"
        WHERE l."FacetId" = zeroblob(16) ORDER BY l."PublishedAt" DESC, l."ArticleId" DESC LIMIT 20
        """;
    private const string BySlug = $"""
        {Card}, e."Body" FROM "Editions" e LEFT JOIN "Sources" s ON s."Id" = e."SourceId"
        WHERE e."Slug" = $slug AND EXISTS (
            SELECT 1 FROM "ArticleListings" l WHERE l."ArticleId" = e."ArticleId" AND l."FacetId" = zeroblob(16) AND l."EditionId" = e."Id")
        """;
    private const string OfTag = $"""
        {Card} FROM "ArticleListings" l JOIN "Editions" e ON e."Id" = l."EditionId" LEFT JOIN "Sources" s ON s."Id" = e."SourceId"
        WHERE l."FacetId" = (SELECT "Id" FROM "Tags" WHERE "Slug" = $tag) AND (l."PublishedAt", l."ArticleId") < ($at, $id)
        ORDER BY l."PublishedAt" DESC, l."ArticleId" DESC LIMIT 20
        """;
    private const string Found = $"""
        {Card} FROM (
            SELECT d."ArticleId", bm25("ArticleSearch", 8.0, 4.0, 1.0) AS "Rank" FROM "ArticleSearch"
            JOIN "SearchDocuments" d ON d."Id" = "ArticleSearch"."rowid"
            WHERE "ArticleSearch" MATCH $word ORDER BY "Rank", d."ArticleId" DESC LIMIT 10) h
        JOIN "ArticleListings" l ON l."ArticleId" = h."ArticleId" AND l."FacetId" = zeroblob(16)
        JOIN "Editions" e ON e."Id" = l."EditionId" LEFT JOIN "Sources" s ON s."Id" = e."SourceId"
        ORDER BY h."Rank", h."ArticleId" DESC
        """;
    private const string Takes = """
        SELECT t."Text", p."Name", p."Lens" FROM "EditionTakes" t JOIN "Personas" p ON p."Id" = t."PersonaId"
        WHERE t."EditionId" = $edition ORDER BY t."Ordinal", t."TakeId"
        """;
    private const string Tags = """
        SELECT t."Name" FROM "EditionTags" e JOIN "Tags" t ON t."Id" = e."TagId" WHERE e."EditionId" = $edition ORDER BY e."Ordinal"
        """;

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ConcurrentConnections _connections = new(file);

    public void Map(WebApplication app)
    {
        app.MapGet("/floor/sql/W1", (HttpResponse response) => ListAsync(response, "articles", Newest, Parts.All));
        app.MapGet(
            "/floor/sql/W2",
            (string slug, HttpResponse response) =>
                AnswerAsync(
                    response,
                    (floor, json) =>
                    {
                        var article = floor.Prepared(BySlug, ("$slug", slug));
                        json.WritePropertyName("article"u8);
                        using var row = article.ExecuteReader();
                        row.Read();
                        WriteCard(floor, json, row, Parts.All | Parts.Body);
                    }
                )
        );
        app.MapGet(
            "/floor/sql/W3",
            (string tag, string after, HttpResponse response) =>
            {
                // The cursor is a version, the hash of the list, the time and the id. The hash is not checked here.
                var cursor = System.Buffers.Text.Base64Url.DecodeFromChars(after);
                var at = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(cursor.AsSpan(9));
                return ListAsync(
                    response,
                    "articles",
                    OfTag,
                    Parts.Tags,
                    ("$tag", tag),
                    ("$at", at),
                    ("$id", cursor[^16..])
                );
            }
        );
        app.MapGet(
            "/floor/sql/W5",
            (string word, HttpResponse response) => ListAsync(response, "search", Found, Parts.Nested, ("$word", word))
        );
    }

    public static Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.BodyWriter.WriteAsync(body).AsTask();
    }

    private Task ListAsync(
        HttpResponse response,
        string root,
        string sql,
        Parts parts,
        params (string, object)[] values
    ) =>
        AnswerAsync(
            response,
            (floor, json) =>
            {
                json.WriteStartObject(root);
                json.WriteStartArray("nodes"u8);
                using var row = floor.Prepared(sql, values).ExecuteReader();
                while (row.Read())
                {
                    if (parts.HasFlag(Parts.Nested))
                    {
                        json.WriteStartObject();
                        json.WritePropertyName("article"u8);
                    }

                    WriteCard(floor, json, row, parts);
                    if (parts.HasFlag(Parts.Nested))
                    {
                        json.WriteEndObject();
                    }
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private async Task AnswerAsync(HttpResponse response, Action<FloorConnection, Utf8JsonWriter> write)
    {
        var floor = _connections.Rent();
        try
        {
            floor.Output.ResetWrittenCount();
            floor.Json.Reset(floor.Output);
            floor.Json.WriteStartObject();
            floor.Json.WriteStartObject("data"u8);
            write(floor, floor.Json);
            floor.Json.WriteEndObject();
            floor.Json.WriteEndObject();
            floor.Json.Flush();
            await SendAsync(response, floor.Output.WrittenMemory);
        }
        finally
        {
            _connections.Return(floor);
        }
    }

    private static void WriteCard(FloorConnection floor, Utf8JsonWriter json, SqliteDataReader row, Parts parts)
    {
        var edition = row.GetFieldValue<byte[]>(0);
        json.WriteStartObject();
        json.WriteString("id"u8, new ArticleId(new Guid(row.GetFieldValue<byte[]>(1), bigEndian: true)).ToString());
        json.WriteString("slug"u8, row.GetString(2));
        json.WriteString("headline"u8, row.GetString(3));
        json.WriteString("summary"u8, row.GetString(4));
        json.WriteString(
            "publishedAt"u8,
            DateTimeOffset
                .FromUnixTimeMilliseconds(row.GetInt64(5))
                .ToString(DateTimeScalar.Format, CultureInfo.InvariantCulture)
        );
        json.WriteStartObject("source"u8);
        json.WriteString("name"u8, row.GetString(6));
        json.WriteEndObject();
        if (parts.HasFlag(Parts.Takes))
        {
            json.WriteStartArray("takes"u8);
            using var take = floor.Prepared(Takes, ("$edition", edition)).ExecuteReader();
            while (take.Read())
            {
                json.WriteStartObject();
                json.WriteString("text"u8, take.GetString(0));
                json.WriteStartObject("persona"u8);
                json.WriteString("name"u8, take.GetString(1));
                json.WriteString("lens"u8, take.GetString(2));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (parts.HasFlag(Parts.Tags))
        {
            json.WriteStartArray("tags"u8);
            using var tag = floor.Prepared(Tags, ("$edition", edition)).ExecuteReader();
            while (tag.Read())
            {
                json.WriteStartObject();
                json.WriteString("name"u8, tag.GetString(0));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (parts.HasFlag(Parts.Body))
        {
            json.WriteStartObject("body"u8);
            json.WritePropertyName("json"u8);
            json.WriteRawValue(row.GetString(7), skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    [Flags]
    private enum Parts
    {
        None = 0,
        Takes = 1,
        Tags = 2,
        All = Takes | Tags,
        Body = 4,
        Nested = 8,
    }

    private sealed class ConcurrentConnections(string file)
    {
        private readonly System.Collections.Concurrent.ConcurrentBag<FloorConnection> _idle = [];

        public FloorConnection Rent() => _idle.TryTake(out var idle) ? idle : new FloorConnection(file);

        public void Return(FloorConnection connection) => _idle.Add(connection);
    }

    private sealed class FloorConnection
    {
        private readonly SqliteConnection _connection;
        private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

        public FloorConnection(string file)
        {
            _connection = new SqliteConnection($"Data Source={file}");
            _connection.Open();
            using var pragmas = _connection.CreateCommand();
            pragmas.CommandText =
                "PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;";
            pragmas.ExecuteNonQuery();
            Json = new Utf8JsonWriter(Output, Relaxed);
        }

        public ArrayBufferWriter<byte> Output { get; } = new(64 * 1024);

        public Utf8JsonWriter Json { get; }

        public SqliteCommand Prepared(string sql, params ReadOnlySpan<(string Name, object Value)> values)
        {
            if (!_prepared.TryGetValue(sql, out var command))
            {
                command = _connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in values)
                {
                    command.Parameters.AddWithValue(name, value);
                }

                command.Prepare();
                _prepared.Add(sql, command);
            }

            foreach (var (name, value) in values)
            {
                command.Parameters[name].Value = value;
            }

            return command;
        }
    }
}
