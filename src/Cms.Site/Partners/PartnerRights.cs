namespace Cms.Site.Partners;

/// <summary>What a partner may do with the articles, as each file for the partner says it.</summary>
/// <param name="Words">Who may use the articles.</param>
/// <param name="Licence">The URL of the terms that programs read.</param>
/// <param name="Attribution">What each copy must show.</param>
internal sealed record PartnerRights(string Words, string Licence, Attribution Attribution)
{
    /// <summary>The licence beside the other addresses of a partner.</summary>
    public const string LicenceFile = "/license.xml";

    /// <param name="agreement">The partner's agreement.</param>
    /// <param name="newsroom">The name of the publication.</param>
    /// <param name="folder">The URL of the folder of the partner's addresses.</param>
    public static PartnerRights Of(PartnerAgreement agreement, string newsroom, string folder) =>
        new(
            $"Only for {agreement.Partner}, under the agreement with {newsroom}. "
                + Terms.Licence.InWords(agreement.AllowsAiTraining, agreement.AllowsAiSummaries),
            folder + LicenceFile,
            new Attribution(agreement.Attribution, newsroom)
        );
}
