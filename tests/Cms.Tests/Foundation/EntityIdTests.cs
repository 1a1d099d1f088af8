using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Foundation;

public sealed class EntityIdTests
{
    [Property]
    public void An_id_survives_formatting_and_parsing(Guid value)
    {
        var id = new ArticleId(value);

        Assert.Equal(id, EntityId.Parse<ArticleId>(id.Format()));
        Assert.Equal(36, id.ToString().Length);
    }

    [Property]
    public void An_id_of_another_type_is_not_parsed(Guid value) =>
        Assert.Null(EntityId.Parse<ArticleId>(new PersonaId(value).Format()));

    [Property]
    public void Any_other_text_is_not_parsed(string? text) => Assert.Null(EntityId.Parse<ArticleId>(text));

    [Theory]
    [InlineData("art_0198c0ffee000000000000000000000")]
    [InlineData("art_0198c0ffee00000000000000000000000")]
    [InlineData("art_0198c0ffee0000000000000000000g00")]
    [InlineData("ART_0198c0ffee0000000000000000000000")]
    [InlineData("art-0198c0ffee0000000000000000000000")]
    [InlineData(" art_0198c0ffee000000000000000000000")]
    [InlineData("art_ 0198c0ffee000000000000000000000")]
    public void Text_that_resembles_an_id_is_not_parsed(string text) => Assert.Null(EntityId.Parse<ArticleId>(text));

    [Property]
    public void Ids_sort_in_the_order_of_their_bytes_and_of_their_text(Guid left, Guid right)
    {
        var (first, second) = (new ArticleId(left), new ArticleId(right));
        var bytes = left.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(right.ToByteArray(bigEndian: true));

        Assert.Equal(bytes < 0, first < second);
        Assert.Equal(bytes > 0, first > second);
        Assert.Equal(Math.Sign(bytes), Math.Sign(string.CompareOrdinal(first.Format(), second.Format())));
    }

    [Fact]
    public void A_new_id_is_a_version_7_UUID() => Assert.Equal(7, ArticleId.New().Value.Version);
}
