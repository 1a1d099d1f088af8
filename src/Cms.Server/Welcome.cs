namespace Cms.Server;

/// <summary>The text that people see when they open the server's address in a browser.</summary>
internal static class Welcome
{
    private const string Text = """
        Cms: a headless CMS for technology newsrooms.

        GraphQL     POST or GET /graphql
        Explorer    http://HOST/explorer
        Reference   http://HOST/docs
        Health      GET /healthz/live, GET /healthz/ready

        Try it:

        curl 'http://HOST/graphql' -H 'Content-Type: application/json' \
          -d '{"query":"{ articles(first: 3) { nodes { headline slug takes { verdict persona { name } } } } }"}'

        """;

    public static void MapWelcome(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            "/",
            Sites.Reading,
            (HttpRequest request) =>
                TypedResults.Text(
                    Text.Replace("HOST", request.Host.Value ?? "localhost:5080", StringComparison.Ordinal)
                )
        );
}
