using System.Text.Json;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cms.Authors;

internal sealed class AuthorConfiguration : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> author)
    {
        author.IsTerm();
        author.Property(a => a.Bio).HasMaxLength(Author.MaxBio);
        author.Property(a => a.Links).HasConversion(new LinkListConverter(), LinkListConverter.Comparer);

        // This index is used to find whether a public author shows an image, which makes the image public.
        author.HasIndex(a => new { a.AvatarId, a.FirstPublishedAt });
    }
}

/// <summary>Stores links as a JSON array. Queries cannot search them.</summary>
internal sealed class LinkListConverter()
    : ValueConverter<IReadOnlyList<AuthorLink>, string>(links => Write(links), json => Read(json))
{
    public static ValueComparer<IReadOnlyList<AuthorLink>> Comparer { get; } =
        new(
            (left, right) => left!.SequenceEqual(right!),
            links => links.Aggregate(0, (hash, link) => HashCode.Combine(hash, link)),
            links => links
        );

    private static string Write(IReadOnlyList<AuthorLink> links) => JsonSerializer.Serialize(links);

    private static List<AuthorLink> Read(string json) => JsonSerializer.Deserialize<List<AuthorLink>>(json)!;
}
