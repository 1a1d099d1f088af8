namespace Cms.Studio.Portal;

/// <summary>Requests that a partner can try, for each way in.</summary>
internal static class Samples
{
    /// <summary>What stands for the key where it is not known. Nothing keeps keys.</summary>
    public const string Key = "$KEY";

    /// <summary>What a webhook sends.</summary>
    public const string Message = """
        POST /hook HTTP/1.1
        content-type: application/json; charset=utf-8
        webhook-id: whd_0198f0c2a4b17c3e9d20b5e4f6a78c11
        webhook-timestamp: 1798365600
        webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

        {"type":"article.upsert","timestamp":"2026-11-28T10:00:00.000Z",
         "data":{"id":"art_0198f0c2a4b17c3e9d20b5e4f6a78c11","kind":"upsert"}}
        """;

    /// <summary>How a program verifies what a webhook sends.</summary>
    public const string Verify = """
        import { Webhook } from "standardwebhooks";

        // It throws if the message is not from us.
        const webhook = new Webhook(process.env.WEBHOOK_SECRET);
        const event = webhook.verify(body, request.headers);
        """;

    /// <summary>Returns a request for a feed.</summary>
    public static string Feed(StudioHost host, HttpRequest request, string key = Key, string format = "json") =>
        $"curl -u \"any:{key}\" \"{SiteOf(host, request)}/p/feed.{format}?limit=3\"";

    /// <summary>Returns a request for the changes.</summary>
    public static string Changes(StudioHost host, HttpRequest request) =>
        $"curl -u \"any:{Key}\" \"{SiteOf(host, request)}/p/changes?initial=true&limit=10\"";

    /// <summary>Returns a request for the licence.</summary>
    public static string Licence(StudioHost host, HttpRequest request) =>
        $"curl -u \"any:{Key}\" \"{SiteOf(host, request)}/p/license.xml\"";

    /// <summary>Returns a GraphQL query.</summary>
    public static string GraphQL(HttpRequest request) =>
        $$"""
            curl "{{OriginOf(request)}}/graphql" \
              -H "Authorization: Bearer {{Key}}" \
              -H "Content-Type: application/json" \
              -d '{"query":"{ agreement { number text } articles(first: 3) { nodes { headline summary } } }"}'
            """;

    /// <summary>Returns a GraphQL query for changes.</summary>
    public static string GraphQLChanges(HttpRequest request) =>
        $$"""
            curl "{{OriginOf(request)}}/graphql" \
              -H "Authorization: Bearer {{Key}}" \
              -H "Content-Type: application/json" \
              -d '{"query":"{ changes(first: 10) { endCursor hasNextPage nodes { __typename ... on ArticleUpserted { article { id headline } } } } }"}'
            """;

    private static string SiteOf(StudioHost host, HttpRequest request) =>
        host.SiteUrl is { Length: > 0 } site ? site : OriginOf(request);

    private static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
