using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Xunit;

namespace Cms.Tests.SqlServer;

public sealed class ModelRulesTests
{
    [Fact]
    public void The_model_follows_the_rules_of_SQL_Server()
    {
        using var db = SqlServerSchema.Open();

        Assert.Empty(ModelRules.Broken(db.GetService<IDesignTimeModel>().Model));
    }

    [Fact]
    public void Two_cascade_paths_to_one_table_are_reported() =>
        AssertBroken(
            "1785",
            model =>
            {
                model.Entity<Desk>();
                model.Entity<Editor>().HasOne<Desk>().WithMany().HasForeignKey(e => e.DeskId);
                model
                    .Entity<Note>()
                    .HasOne<Desk>()
                    .WithMany()
                    .HasForeignKey(n => n.DeskId)
                    .OnDelete(DeleteBehavior.Cascade);
                model.Entity<Note>().HasOne<Editor>().WithMany().HasForeignKey(n => n.EditorId);
            }
        );

    [Theory]
    [InlineData(nameof(Note.Text), "nvarchar(max)")]
    [InlineData(nameof(Note.Bytes), "varbinary(max)")]
    public void An_index_on_a_column_of_unlimited_length_is_reported(string column, string type) =>
        AssertBroken(
            "1919",
            model =>
            {
                // Without a column type, EF limits the length of an indexed column.
                model.Entity<Note>().Property(column).HasColumnType(type);
                model.Entity<Note>().HasIndex(column);
            }
        );

    [Fact]
    public void A_clustered_key_of_more_than_900_bytes_is_reported() =>
        AssertBroken(
            "1944",
            model =>
            {
                model.Entity<Note>().Property(n => n.Text).HasMaxLength(451);
                model.Entity<Note>().HasKey(n => n.Text);
            }
        );

    [Fact]
    public void An_index_key_of_more_than_1700_bytes_is_reported() =>
        AssertBroken(
            "1945",
            model =>
            {
                model.Entity<Note>().Property(n => n.Text).HasMaxLength(851);
                model.Entity<Note>().HasIndex(n => n.Text);
            }
        );

    [Fact]
    public void A_second_rowversion_is_reported() =>
        AssertBroken(
            "2738",
            model =>
            {
                model.Entity<Note>().Property(n => n.Bytes).IsRowVersion();
                model.Entity<Note>().Property<byte[]>("More").IsRowVersion();
            }
        );

    [Fact]
    public void A_time_with_the_wrong_precision_is_reported() =>
        AssertBroken("datetimeoffset(7)", model => model.Entity<Note>().Property<DateTimeOffset>("At").HasPrecision(7));

    [Theory]
    [InlineData("Slug")]
    [InlineData("ImportId")]
    public void A_slug_or_import_id_with_a_case_insensitive_collation_is_reported(string column) =>
        AssertBroken(
            "BIN2",
            model => model.Entity<Note>().Property<string>(column).UseCollation("Latin1_General_100_CI_AS")
        );

    [Theory]
    [InlineData(DeleteBehavior.Cascade)]
    [InlineData(DeleteBehavior.SetNull)]
    [InlineData(DeleteBehavior.ClientSetNull)]
    public void A_foreign_key_with_any_DeleteBehavior_other_than_NoAction_is_reported(DeleteBehavior behavior) =>
        AssertBroken(
            behavior.ToString(),
            model => model.Entity<Note>().HasOne<Desk>().WithMany().HasForeignKey(n => n.DeskId).OnDelete(behavior)
        );

    private static void AssertBroken(string rule, Action<ModelBuilder> build)
    {
        using var db = SqlServerSchema.Open();
        var model = new ModelBuilder(SqlServerConventionSetBuilder.Build());
        build(model);
        Assert.Contains(
            ModelRules.Broken(db.GetService<IModelRuntimeInitializer>().Initialize(model.FinalizeModel())),
            broken => broken.Contains(rule, StringComparison.Ordinal)
        );
    }

    private sealed class Desk
    {
        public int Id { get; init; }
    }

    private sealed class Editor
    {
        public int Id { get; init; }

        public int DeskId { get; init; }
    }

    private sealed class Note
    {
        public int Id { get; init; }

        public int? DeskId { get; init; }

        public int EditorId { get; init; }

        public string Text { get; init; } = "";

        public byte[] Bytes { get; init; } = [];
    }
}
