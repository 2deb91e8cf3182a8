import { buildImage, requireDockerEngine } from './image.ts';

/** Builds the image of the checkout, or fails and says what to install: a tier never skips. */
export default async function prepareImage(): Promise<void> {
  await requireDockerEngine();
  await buildImage();
}
