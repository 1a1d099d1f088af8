using Cms.Api.Documents;

namespace Cms.Server.Explorer;

/// <summary>GraphiQL with the trusted documents for samples.</summary>
internal static class ExplorerEndpoint
{
    public static void MapExplorer(this WebApplication app)
    {
        app.MapGet(
            "/explorer/operations.json",
            (KnownDocuments documents) => documents.Trusted.Select(document => new { document.Name, document.Body })
        );
        app.UseSite("/explorer", "explorer");
    }
}
