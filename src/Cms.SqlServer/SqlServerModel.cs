using Cms.Articles;
using Cms.Data;
using Cms.Media;
using Cms.Routes.Redirects;
using Cms.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Cms.SqlServer;

/// <summary>
/// Adds what only SQL Server needs to the model: the search words, and texts that are compared exactly.
/// </summary>
internal sealed class SqlServerModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    private static readonly HashSet<string> Exact = new(StringComparer.Ordinal)
    {
        nameof(Article.Slug),
        nameof(CompletedMutation.ClientId),
        nameof(Redirect.From),
        nameof(Redirect.ToPath),
        nameof(Article.ImportId),
        nameof(MediaAsset.Sha256),
        nameof(MediaAsset.Folder),
        nameof(MediaTerm.Term),
        nameof(SearchDocument.Words),
    };

    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);

        // The getter computes the words; the field is empty until then.
        modelBuilder
            .Entity<SearchDocument>()
            .Property(document => document.Words)
            .UsePropertyAccessMode(PropertyAccessMode.Property);
        modelBuilder
            .Entity<DeskDocument>()
            .Property(document => document.Words)
            .UsePropertyAccessMode(PropertyAccessMode.Property);

        // Otherwise SQL Server would treat ‘news’ and ‘News’ as the same text.
        var properties = modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties());
        foreach (var text in properties.Where(property => Exact.Contains(property.Name)))
        {
            text.SetCollation("Latin1_General_100_BIN2");
        }

        foreach (var time in modelBuilder.Model.PropertiesOf<DateTimeOffset>())
        {
            time.SetPrecision(3);
        }
    }
}
