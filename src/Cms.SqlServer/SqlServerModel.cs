using Cms.Articles;
using Cms.Data;
using Cms.Media;
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

        var entities = modelBuilder.Model.GetEntityTypes().ToList();

        // Otherwise SQL Server would treat ‘news’ and ‘News’ as the same text.
        foreach (var text in entities.SelectMany(entity => entity.GetProperties()).Where(p => Exact.Contains(p.Name)))
        {
            text.SetCollation("Latin1_General_100_BIN2");
        }

        foreach (var time in entities.SelectMany(entity => entity.PropertiesOf<DateTimeOffset>()))
        {
            time.SetPrecision(3);
        }
    }
}
