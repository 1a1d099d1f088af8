using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cms.Sqlite;

/// <summary>Adds what only SQLite needs to the model: the full-text tables, and times as numbers.</summary>
internal class SqliteModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        modelBuilder.Entity<FullTextRow>(row =>
        {
            row.HasNoKey();
            row.ToView("ArticleSearch");
            row.Property(r => r.RowId).HasColumnName("rowid");
            row.Property(r => r.Terms).HasColumnName("ArticleSearch");
            row.Property(r => r.Rank).HasColumnName("rank");
        });
        modelBuilder.Entity<DeskTextRow>(row =>
        {
            row.HasNoKey();
            row.ToView("DeskSearch");
            row.Property(r => r.RowId).HasColumnName("rowid");
            row.Property(r => r.Terms).HasColumnName("DeskSearch");
            row.Property(r => r.Rank).HasColumnName("rank");
        });
        modelBuilder.Entity<SearchDocument>().Ignore(document => document.Words);
        modelBuilder.Entity<DeskDocument>().Ignore(document => document.Words);
        foreach (var time in modelBuilder.Model.PropertiesOf<DateTimeOffset>())
        {
            time.SetValueConverter(new UnixMilliseconds());
        }
    }

    /// <summary>
    /// Stores times as whole milliseconds since 1970, because SQLite has no date type and numbers sort correctly.
    /// </summary>
    private sealed class UnixMilliseconds()
        : ValueConverter<DateTimeOffset, long>(
            at => at.ToUnixTimeMilliseconds(),
            ms => DateTimeOffset.FromUnixTimeMilliseconds(ms)
        );
}
