using Cms.GraphQL.Documents;
using Cms.Server.Access;

namespace Cms.Server.Explorer;

/// <summary>Serves GraphiQL, with the trusted documents as samples.</summary>
internal static class ExplorerEndpoint
{
    public static void MapExplorer(this WebApplication app)
    {
        app.MapGet(
            "/explorer/start.json",
            (KnownDocuments documents, IServiceProvider services) =>
                new
                {
                    Operations = documents.Trusted.Select(document => new { document.Name, document.Body }),
                    SignsIn = services.GetService<EntraSettings>() is not null,
                }
        );
        app.UseSite("/explorer", "explorer");
    }
}
