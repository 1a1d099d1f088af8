// Sends an image to the library: asks for a place, sends the file and commits it.
import { reasons } from './api.js';

/** An upload failed. The message says what to do. */
export class UploadFailed extends Error {}

const largest = 25 * 1024 * 1024;

/**
 * @param {import('./api.js').Ask} ask
 * @param {File} file
 * @param {(part: number) => void} onProgress
 * @returns {Promise<any>} the image in the library
 */
export async function upload(ask, file, onProgress) {
  if (file.size > largest) {
    throw new UploadFailed(`${file.name} has ${Math.ceil(file.size / 1024 / 1024)} MB. An image can have up to 25 MB. Make it smaller, then try again.`);
  }
  const opened = (await ask('EditorOpenUpload', { input: { fileName: file.name || 'pasted.png', bytes: file.size } })).createMediaUpload;
  if (!opened.upload) {
    throw new UploadFailed(reasons(opened.errors));
  }
  await send(opened.upload, file, onProgress);
  const { media, errors } = (await ask('EditorCommitUpload', { input: { uploadId: opened.upload.uploadId } })).commitMediaUpload;
  if (!media) {
    throw new UploadFailed(reasons(errors));
  }
  return media;
}

/**
 * Only XMLHttpRequest tells how much has been sent.
 * @param {{ uploadUrl: string, method: string, headers: { name: string, value: string }[] }} place
 * @param {File} file
 * @param {(part: number) => void} onProgress
 * @returns {Promise<void>}
 */
const send = ({ uploadUrl, method, headers }, file, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, new URL(uploadUrl, location.href));
    for (const { name, value } of headers) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new UploadFailed('The server did not take the file. Try again, or choose another file.'));
    request.onerror = () => reject(new UploadFailed('The file did not arrive. Check your connection, then try again.'));
    request.send(file);
  });
